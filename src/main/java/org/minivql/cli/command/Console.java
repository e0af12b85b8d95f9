package org.minivql.cli.command;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The outside of the process as a command sees it.
 *
 * @param in standard input
 * @param out standard output, unbuffered: an error on it must reach the command
 * @param err standard error
 * @param environment the environment variables
 * @param directory what relative paths start from
 * @param outIsTerminal whether somebody reads standard output on a terminal
 * @param errIsTerminal whether somebody reads standard error on a terminal
 */
public record Console(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> environment,
    Path directory,
    boolean outIsTerminal,
    boolean errIsTerminal) {
  /** Set by the launcher: contains the numbers of the standard streams that are terminals. */
  private static final String TERMINALS = "vql.terminals";

  private static final int USUAL_WIDTH = 80;

  /** The real one. */
  public static Console system() {
    String known = System.getProperty(TERMINALS);
    boolean both = known == null && System.console() != null;
    OutputStream err = new BufferedOutputStream(new FileOutputStream(FileDescriptor.err), 1024);
    return new Console(
        // Buffered, because a file stream asks a pipe for its position and fails.
        new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        System.getenv(),
        Path.of(""),
        both || known != null && known.contains("1"),
        both || known != null && known.contains("2"));
  }

  /** A file named on the command line. */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /** Whether messages may be coloured. */
  public boolean coloured() {
    return errIsTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /** The columns of the terminal that standard output is, or 0 where it is none. */
  public int width() {
    if (!outIsTerminal) {
      return 0;
    }
    int columns = positive(environment.getOrDefault("COLUMNS", ""));
    if (columns > 0) {
      return columns;
    }
    int asked = askTerminal();
    return asked > 0 ? asked : USUAL_WIDTH;
  }

  private static int askTerminal() {
    try {
      Process process =
          new ProcessBuilder("stty", "size").redirectInput(Path.of("/dev/tty").toFile()).start();
      String size = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return positive(size.substring(size.indexOf(' ') + 1).trim());
    } catch (IOException e) {
      // There is no stty or no terminal to ask: the usual width does.
      return 0;
    }
  }

  private static int positive(String text) {
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      // Not a number: the same as not known.
      return 0;
    }
  }
}
