package org.minivql.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.minivql.Execution;
import org.minivql.PlanStep;
import org.minivql.Program;
import org.minivql.Vql;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.engine.EngineOptions;
import org.minivql.cli.engine.ProgramRun;
import org.minivql.cli.io.Interruption;
import org.minivql.cli.io.Log;
import org.minivql.cli.io.OutputFile;
import org.minivql.cli.io.Progress;
import org.minivql.cli.io.Source;
import org.minivql.cli.output.PlanTable;

/** {@code vql explain}: runs programs and tells what each statement did. */
final class ExplainCommand implements Command {
  @Override
  public Spec spec() {
    List<Option> options = new ArrayList<>();
    options.add(Option.flag("from-files", 'f', "The arguments are names of files."));
    options.addAll(EngineOptions.run());
    options.addAll(EngineOptions.engine());
    return new Spec(
        "explain",
        "Run VQL and print, instead of rows, what each operator did.",
        List.of(
            "For each statement its queries, and for each query its operators in the order rows"
                + " flow: how many rows they got and gave, and how long they took by themselves."),
        List.of(Operand.some("QUERY", "VQL with one or more statements; - reads standard input.")),
        options);
  }

  @Override
  public int run(Invocation call) throws IOException {
    Vql vql = EngineOptions.engine(call, new Definitions());
    List<Program> programs = new ArrayList<>();
    for (Source source : Source.of(call, call.has("from-files"))) {
      programs.add(ProgramRun.compile(vql, source));
    }
    Log log = new Log(call.console(), call.has("quiet"), call.has("verbose"));
    Execution session = vql.session(EngineOptions.queryOptions(call, log));
    Interruption interruption = Interruption.watch(session::cancel, () -> {});
    try (interruption;
        session) {
      for (Program program : programs) {
        List<PlanStep> steps = measure(session, program, log);
        OutputFile.print(call.console(), PlanTable.of(steps, call.console().width()));
      }
    }
    return log.failed() ? Status.FAILED : Status.OK;
  }

  /** Runs a program; one that is interrupted tells what it did until then. */
  private static List<PlanStep> measure(Execution session, Program program, Log log) {
    Progress progress = Progress.of(log, "measuring");
    try (progress) {
      return session.explain(program, row -> true);
    }
  }
}
