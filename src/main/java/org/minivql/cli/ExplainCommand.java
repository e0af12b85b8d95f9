package org.minivql.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.minivql.Execution;
import org.minivql.Program;
import org.minivql.Vql;

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
        "Run VQL and print, instead of rows, what each statement did.",
        List.of(
            "For each statement: its canonical text, how many rows it gave and how long it took."),
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
    try (Execution session = vql.session(EngineOptions.queryOptions(call, log))) {
      for (Program program : programs) {
        Explanation explanation = new Explanation();
        session.run(program, explanation);
        OutputFile.print(call.console(), explanation.text() + "\n");
      }
    }
    return log.failed() ? Status.FAILED : Status.OK;
  }
}
