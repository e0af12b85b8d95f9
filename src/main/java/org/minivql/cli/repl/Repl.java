package org.minivql.cli.repl;

import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/**
 * An interactive shell on a terminal.
 *
 * <p>Enter runs what is complete and begins a new line otherwise. Ctrl-C drops the line or ends
 * what runs; Ctrl-D leaves. An application embeds it with its own engine:
 *
 * <pre>{@code
 * try (Terminal terminal = TerminalBuilder.terminal();
 *     EngineShell shell = new EngineShell(vql, QueryOptions.defaults())) {
 *   new Repl(shell, terminal, null, Path.of("")).run();
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Repl {
  private static final String PROMPT = "vql> ";

  private final Shell shell;
  private final Terminal terminal;
  private final LineReader reader;
  private final ShellSession session;

  /**
   * A shell on a terminal.
   *
   * @param shell runs the texts; it is not closed
   * @param terminal where it is typed and shown; it is not closed
   * @param history the file that keeps what was typed, or null to keep nothing
   * @param directory what relative file names start from
   */
  public Repl(Shell shell, Terminal terminal, Path history, Path directory) {
    this.shell = shell;
    this.terminal = terminal;
    ShellCommands commands = new ShellCommands(shell.vocabulary());
    this.session = new ShellSession(shell, new Screen(terminal), directory);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("vql")
            .parser(new ReplParser())
            .completer(new ReplCompleter(shell.vocabulary(), commands, new FileNames(directory)))
            .highlighter(new ReplHighlighter())
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P  > ")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false);
    if (history != null) {
      builder.variable(LineReader.HISTORY_FILE, history);
    }
    this.reader = builder.build();
  }

  /** Reads and runs until the author leaves. */
  public void run() {
    Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> shell.cancel());
    try {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = step();
      }
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
    }
  }

  private boolean step() {
    try {
      return session.take(reader.readLine(PROMPT));
    } catch (UserInterruptException e) {
      // Ctrl-C drops what was typed.
      return true;
    } catch (EndOfFileException e) {
      return false;
    }
  }
}
