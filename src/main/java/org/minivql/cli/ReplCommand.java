package org.minivql.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.minivql.Vql;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.engine.EngineOptions;
import org.minivql.cli.engine.Variables;
import org.minivql.cli.io.InputFiles;
import org.minivql.cli.io.Log;
import org.minivql.cli.io.OutputFile;
import org.minivql.cli.repl.EngineShell;
import org.minivql.cli.repl.Repl;

/** {@code vql repl}: the interactive shell. */
final class ReplCommand implements Command {
  @Override
  public Spec spec() {
    List<Option> options = new ArrayList<>();
    options.add(Option.list("env", "NAME=VALUE", "Set a variable to a string."));
    options.add(Option.list("arg-json", "NAME=JSON", "Set a variable to a JSON value."));
    options.add(Option.value("history", "FILE", "Keep what is typed in this file."));
    options.addAll(EngineOptions.engine());
    return new Spec(
        "repl",
        "Type VQL and see its rows.",
        List.of(
            "Enter runs a complete statement, Tab completes, Ctrl-C ends what runs, Ctrl-D leaves;"
                + " .help lists the commands. History is kept in the user's state directory."),
        List.of(),
        options);
  }

  @Override
  public int run(Invocation call) throws IOException {
    Definitions definitions = new Definitions();
    Vql vql = EngineOptions.engine(call, definitions);
    Log log = new Log(call.console(), false, false);
    // Asking a terminal what it can do costs a wait, and a late answer takes the keys for its own.
    try (Terminal terminal =
            TerminalBuilder.builder().system(true).dumb(true).graphemeCluster(false).build();
        EngineShell shell =
            new EngineShell(
                vql,
                EngineOptions.queryOptions(call, log),
                Variables.of(call),
                definitions::repository)) {
      if (call.console().outIsTerminal()) {
        terminal.writer().println(".help lists the commands, Ctrl-D leaves");
      }
      Path here = call.console().path("");
      new Repl(shell, terminal, history(call, log), here, isColoured(call)).run();
    }
    if (!call.console().outIsTerminal()) {
      // Terminals swallow errors, so the end of the last line is written past them.
      OutputFile.print(call.console(), "\n");
    }
    return Status.OK;
  }

  private static boolean isColoured(Invocation call) {
    return call.console().environment().getOrDefault("NO_COLOR", "").isEmpty();
  }

  private static Path history(Invocation call, Log log) {
    if (call.has("history")) {
      return call.console().path(call.value("history", ""));
    }
    Map<String, String> environment = call.console().environment();
    String state = environment.get("XDG_STATE_HOME");
    String home = environment.get("HOME");
    if (state == null && home == null) {
      return null;
    }
    Path folder =
        state == null ? Path.of(home, ".local", "state", "minivql") : Path.of(state, "minivql");
    try {
      Files.createDirectories(folder);
      return folder.resolve("history");
    } catch (IOException e) {
      log.note("what is typed is not kept in " + folder + ": " + InputFiles.reason(e));
      return null;
    }
  }
}
