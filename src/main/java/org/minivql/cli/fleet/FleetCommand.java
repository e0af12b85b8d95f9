package org.minivql.cli.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.io.Log;
import org.minivql.cli.io.OutputFile;
import org.minivql.cli.io.Progress;
import org.minivql.fleet.FleetCheck;
import org.minivql.fleet.FleetImport;
import org.minivql.fleet.FleetInit;
import org.minivql.fleet.FleetSummary;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** {@code vql fleet}: makes, converts, summarises and checks fleets. */
public final class FleetCommand implements Command {
  private static final Option FORMAT =
      Option.choice("format", List.of("text", "json"), "For people (text) or programs.");

  @Override
  public Spec spec() {
    return new Spec(
        "fleet", "Make, convert, summarise and check fleets.", List.of(), List.of(), List.of());
  }

  @Override
  public List<String> subcommands() {
    return List.of("init", "import", "show", "check");
  }

  @Override
  public Command subcommand(String name) {
    return switch (name) {
      case "init" -> new Making();
      case "import" -> new Importing();
      case "show" -> new Showing();
      case "check" -> new Checking();
      default -> null;
    };
  }

  @Override
  public int run(Invocation call) {
    throw CommandException.cannotStart("no command given; see vql fleet --help");
  }

  private static boolean isJson(Invocation call) {
    return call.value("format", "text").equals("json");
  }

  /** Something done with fleets; one that cannot be used ends it before it began. */
  private interface Action {
    int run() throws IOException;
  }

  private static int attempt(Action action) throws IOException {
    try {
      return action.run();
    } catch (FleetException e) {
      throw CommandException.cannotStart(e.getMessage(), e);
    }
  }

  /** A sample. */
  private static final class Making implements Command {
    @Override
    public Spec spec() {
      return new Spec(
          "init",
          "Make a small sample fleet to start from.",
          List.of(),
          List.of(Operand.one("DIR", "A folder that does not exist or is empty.")),
          List.of());
    }

    @Override
    public int run(Invocation call) throws IOException {
      return attempt(
          () -> {
            FleetInit.write(call.console().path(call.operands().get(0)));
            return Status.OK;
          });
    }
  }

  /** A conversion. */
  private static final class Importing implements Command {
    @Override
    public Spec spec() {
      return new Spec(
          "import",
          "Write a fleet of any layout as a fleet folder.",
          List.of(
              "The source is the datastore of a server, a collector archive, a folder of such"
                  + " archives, or another fleet folder."),
          List.of(
              Operand.one("SOURCE", "What to read."),
              Operand.one("DIR", "A folder that does not exist or is empty.")),
          List.of(Fleets.PASSWORD));
    }

    @Override
    public int run(Invocation call) throws IOException {
      Log log = new Log(call.console(), false, false);
      Path target = call.console().path(call.operands().get(1));
      return attempt(
          () -> {
            String source = call.operands().get(0);
            Progress progress = Progress.of(log, "importing " + source);
            try (progress;
                FleetSource fleet = Fleets.open(call, source)) {
              FleetImport.Result result = FleetImport.write(fleet, target);
              Fleets.warn(result.problems(), log);
              Fleets.warn(FleetImport.leftOut(fleet), log);
              OutputFile.print(call.console(), result.rows() + " rows of results written\n");
              return Status.OK;
            }
          });
    }
  }

  /** A summary. */
  private static final class Showing implements Command {
    @Override
    public Spec spec() {
      return new Spec(
          "show",
          "Show what a fleet holds, in numbers.",
          List.of(),
          List.of(Operand.one("DIR", "A fleet of any layout.")),
          List.of(FORMAT, Fleets.PASSWORD));
    }

    @Override
    public int run(Invocation call) throws IOException {
      return attempt(
          () -> {
            try (FleetSource fleet = Fleets.open(call, call.operands().get(0))) {
              Dict summary = FleetSummary.of(fleet);
              Fleets.warn(fleet, new Log(call.console(), false, false));
              StringBuilder text = new StringBuilder();
              if (isJson(call)) {
                text.append(Json.indented(summary)).append('\n');
              } else {
                FleetSummary.write(summary, text);
              }
              OutputFile.print(call.console(), text.toString());
              return Status.OK;
            }
          });
    }
  }

  /** A check. */
  private static final class Checking implements Command {
    @Override
    public Spec spec() {
      return new Spec(
          "check",
          "Read everything in a fleet and report what is wrong.",
          List.of("Ends with status 1 when there are problems."),
          List.of(Operand.one("DIR", "A fleet of any layout.")),
          List.of(FORMAT, Fleets.PASSWORD));
    }

    @Override
    public int run(Invocation call) throws IOException {
      return attempt(
          () -> {
            String name = call.operands().get(0);
            Log log = new Log(call.console(), false, false);
            Progress progress = Progress.of(log, "checking " + name);
            try (progress;
                FleetSource fleet = Fleets.open(call, name)) {
              List<String> problems = FleetCheck.of(fleet);
              String text = problems.isEmpty() ? "ok" : String.join("\n", problems);
              if (isJson(call)) {
                text = Json.indented(Dict.of("problems", problems));
              }
              OutputFile.print(call.console(), text + "\n");
              return problems.isEmpty() ? Status.OK : Status.FAILED;
            }
          });
    }
  }
}
