package org.minivql.cli.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.minivql.Execution;
import org.minivql.Program;
import org.minivql.QueryOptions;
import org.minivql.RowHandler;
import org.minivql.StatementInfo;
import org.minivql.Vql;
import org.minivql.VqlSyntaxException;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Status;
import org.minivql.cli.io.Interruption;
import org.minivql.cli.io.Log;
import org.minivql.cli.io.OutputFile;
import org.minivql.cli.io.Progress;
import org.minivql.cli.io.Source;
import org.minivql.cli.output.RowPrinter;
import org.minivql.fleet.FleetStage;
import org.minivql.value.Dict;

/** Runs programs one after the other in one scope and prints their rows as they come. */
public final class ProgramRun {
  private final Invocation call;
  private final Vql vql;
  private final FleetStage stage;
  private final Log log;
  private final String output;

  public ProgramRun(Invocation call, Vql vql) {
    this(call, vql, null, call.value("output", null));
  }

  /** Prints rows to the console, whatever the option for the output means to the command. */
  public static ProgramRun onConsole(Invocation call, Vql vql) {
    return new ProgramRun(call, vql, null, null);
  }

  /** Runs on a fleet whose events happen while the programs listen. */
  public ProgramRun(Invocation call, FleetStage stage) {
    this(call, stage.engine(), stage, call.value("output", null));
  }

  private ProgramRun(Invocation call, Vql vql, FleetStage stage, String output) {
    this.call = call;
    this.vql = vql;
    this.stage = stage;
    this.output = output;
    this.log = new Log(call.console(), call.has("quiet"), call.has("verbose"));
    if (call.has("strict")) {
      log.strict();
    }
  }

  /** The options of everything that prints rows. */
  public static List<Option> options() {
    List<Option> options = new ArrayList<>();
    options.add(
        Option.choice(
            "format", List.of("json", "jsonl", "csv", "table"), "How rows are printed (json)."));
    options.add(Option.value("output", "FILE", "Print rows to a file."));
    options.addAll(EngineOptions.run());
    options.addAll(EngineOptions.engine());
    options.add(Option.flag("stats", "Tell how many rows came and how long it took."));
    options.add(Option.flag("exit-status", "End with status 1 when no row came."));
    options.add(
        Option.flag(
            "strict", "End with status 1 when a call failed, at whichever level that was logged."));
    return options;
  }

  /** Compiles all programs, then runs them; answers the exit status. */
  public int run(List<Source> sources) throws IOException {
    List<Program> programs = new ArrayList<>(sources.size());
    for (Source source : sources) {
      programs.add(compile(vql, source));
      log.name(source);
    }
    return run(programs, sources, EngineOptions.queryOptions(call, log));
  }

  /** Compiles a text; a problem names the file, line and column and shows the line. */
  public static Program compile(Vql vql, Source source) {
    try {
      return vql.compile(source.text());
    } catch (VqlSyntaxException e) {
      StringBuilder text = new StringBuilder();
      for (VqlSyntaxException.Problem problem : e.problems()) {
        text.append(text.isEmpty() ? "" : "\n").append(source.name());
        text.append(':').append(problem.line()).append(':').append(problem.column());
        text.append(": ").append(problem.message()).append('\n').append(problem.snippet());
      }
      throw CommandException.cannotStart(text.toString(), e);
    }
  }

  private int run(List<Program> programs, List<Source> sources, QueryOptions options)
      throws IOException {
    long start = System.nanoTime();
    RowPrinter printer =
        new RowPrinter(
            call.value("format", "json"),
            OutputFile.open(call.console(), output),
            output != null ? 0 : call.console().width());
    List<String> texts = sources.stream().map(Source::text).toList();
    Execution execution = vql.session(stage == null ? options : stage.options(options, texts));
    Printing printing = new Printing(printer, execution);
    Runnable all = () -> runAll(programs, execution, printing);
    Interruption interruption = Interruption.watch(execution::cancel, printer);
    Progress progress = progress(printer);
    try (interruption;
        progress;
        printer;
        execution) {
      if (stage == null) {
        all.run();
      } else {
        stage.play(execution, all);
      }
    }
    if (printing.failure != null) {
      throw printing.failure;
    }
    if (call.has("stats")) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      log.note(printer.count() + " rows in " + millis + " ms");
    }
    return status(printer.count());
  }

  /** Programs after one that met a limit would only meet it again. */
  private static void runAll(List<Program> programs, Execution execution, Printing printing) {
    for (Program program : programs) {
      if (execution.run(program, printing).limit() != null) {
        return;
      }
    }
  }

  /** Rows that nobody sees coming are counted. */
  private Progress progress(RowPrinter printer) {
    boolean visible = call.console().outIsTerminal() && output == null;
    Log target = visible ? new Log(call.console(), true, false) : log;
    return Progress.of(target, "running", () -> printer.count() + " rows");
  }

  private int status(long rows) {
    boolean missing = rows == 0 && call.has("exit-status");
    return log.failed() || missing ? Status.FAILED : Status.OK;
  }

  /** Passes rows on; a target that fails ends the run. */
  private static final class Printing implements RowHandler {
    private final RowPrinter printer;
    private final Execution execution;
    private IOException failure;

    Printing(RowPrinter printer, Execution execution) {
      this.printer = printer;
      this.execution = execution;
    }

    @Override
    public void begin(StatementInfo statement) {
      if (statement.yieldsRows()) {
        attempt(printer::begin);
      }
    }

    @Override
    public boolean row(Dict row) {
      return attempt(() -> printer.row(row));
    }

    @Override
    public void end(StatementInfo statement) {
      if (statement.yieldsRows()) {
        attempt(printer::end);
      }
    }

    private boolean attempt(Writing writing) {
      try {
        if (failure == null) {
          writing.run();
        }
      } catch (IOException e) {
        failure = e;
        execution.cancel();
      }
      return failure == null;
    }
  }

  /** Something that may fail to be written. */
  private interface Writing {
    void run() throws IOException;
  }
}
