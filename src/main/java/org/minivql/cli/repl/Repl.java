package org.minivql.cli.repl;

import java.nio.file.Path;
import java.util.Map;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
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

  /** So many ends of the input in a row, with nothing read between them, are believed. */
  private static final int BELIEVED_ENDS = 5;

  /** How suggestions look without colours. */
  private static final Map<String, String> PLAIN =
      Map.of(
          LineReader.COMPLETION_STYLE_STARTING, "bold",
          LineReader.COMPLETION_STYLE_DESCRIPTION, "faint",
          LineReader.COMPLETION_STYLE_GROUP, "bold");

  private final Shell shell;
  private final Terminal terminal;
  private final LineReader reader;
  private final ShellSession session;
  private final KeptHistory history;
  private int ends;
  private String unfinished;
  private volatile boolean interrupted;

  /**
   * A shell on a terminal, in colours.
   *
   * @param shell runs the texts; it is not closed
   * @param terminal where it is typed and shown; it is not closed
   * @param history the file that keeps what was typed, or null to keep nothing
   * @param directory what relative file names start from
   */
  public Repl(Shell shell, Terminal terminal, Path history, Path directory) {
    this(shell, terminal, history, directory, true);
  }

  /**
   * A shell on a terminal.
   *
   * @param shell runs the texts; it is not closed
   * @param terminal where it is typed and shown; it is not closed
   * @param history the file that keeps what was typed, or null to keep nothing
   * @param directory what relative file names start from
   * @param coloured whether VQL, messages and suggestions are coloured
   */
  public Repl(Shell shell, Terminal terminal, Path history, Path directory, boolean coloured) {
    this.shell = shell;
    this.terminal = terminal;
    ShellCommands commands = new ShellCommands(shell.vocabulary());
    Screen screen = new Screen(terminal, coloured);
    this.session = new ShellSession(shell, screen, directory);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("vql")
            .parser(new ReplParser())
            .completer(new ReplCompleter(shell.vocabulary(), commands, new FileNames(directory)))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P  > ")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .option(LineReader.Option.HISTORY_INCREMENTAL, false);
    if (coloured) {
      builder.highlighter(new ReplHighlighter());
    } else {
      PLAIN.forEach(builder::variable);
    }
    this.reader = builder.build();
    this.history = new KeptHistory(reader, history, screen);
  }

  /** Reads and runs until the author leaves. */
  public void run() {
    Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> interrupt());
    try {
      history.load();
      boolean goesOn = true;
      while (goesOn) {
        goesOn = step();
      }
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
    }
  }

  private void interrupt() {
    interrupted = true;
    shell.cancel();
  }

  private boolean step() {
    try {
      String typed = reader.readLine(PROMPT, null, (Character) null, unfinished);
      ends = 0;
      unfinished = null;
      history.save();
      interrupted = false;
      boolean goesOn = session.take(typed);
      if (interrupted) {
        // The terminal shows the key where the cursor was.
        terminal.writer().println();
      }
      return goesOn;
    } catch (UserInterruptException e) {
      // Ctrl-C drops what was typed.
      return true;
    } catch (EndOfFileException e) {
      return goesOnAfter(e);
    }
  }

  /**
   * Whether to read on: on a terminal a read that is broken off from outside looks like the end of
   * the input, so that is believed only when it was typed or comes again and again.
   */
  private boolean goesOnAfter(EndOfFileException end) {
    unfinished = end.getPartialLine();
    ends++;
    return isScreen() && !isEndTyped() && ends < BELIEVED_ENDS;
  }

  private boolean isScreen() {
    return !terminal.getType().startsWith(Terminal.TYPE_DUMB);
  }

  private boolean isEndTyped() {
    char end = (char) terminal.getAttributes().getControlChar(Attributes.ControlChar.VEOF);
    return reader instanceof LineReaderImpl keys
        && String.valueOf(end).equals(keys.getLastBinding());
  }
}
