package org.minivql.cli.io;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.minivql.LogLine;
import org.minivql.artifact.Failures;
import org.minivql.cli.command.Console;
import org.minivql.problem.Problem;
import org.minivql.value.Bytes;
import org.minivql.value.Place;

/** Writes the log to standard error: a line a message, coloured by its level on a terminal. */
public final class Log {
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String FAINT = "\u001b[2m";
  private static final String OFF = "\u001b[0m";
  private static final int BEGIN = 40;
  private static final Pattern CALL = Pattern.compile("[a-z0-9_]+: ");
  // Some calls tell what they do, not that it failed.
  private static final Pattern PROGRESS =
      Pattern.compile("(?i)^[a-z0-9_]+: (running query|copying file)");
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;
  private final boolean quiet;
  private final boolean verbose;
  private final Map<String, String> names = new HashMap<>();
  private boolean strict;
  private boolean failed;
  private boolean inProgress;

  /**
   * A log.
   *
   * @param quiet whether only errors are shown
   * @param verbose whether details are shown
   */
  public Log(Console console, boolean quiet, boolean verbose) {
    this.console = console;
    this.quiet = quiet;
    this.verbose = verbose;
  }

  /** From now on a line that says that a call failed is an error, whichever level it has. */
  public void strict() {
    strict = true;
  }

  /** Whether an error was logged. */
  public synchronized boolean failed() {
    return failed;
  }

  /** One line of a query's log. */
  public synchronized void line(LogLine line) {
    LogLine.Level level =
        strict && line.level() == LogLine.Level.DEFAULT && complains(line.text())
            ? LogLine.Level.ERROR
            : line.level();
    switch (level) {
      case ERROR -> {
        failed = true;
        show(placed(identified(line.text()), line.at()), RED, true);
      }
      case DEFAULT -> show(placed(identified(line.text()), line.at()), FAINT, !quiet);
      case WARN, ALERT -> show(placed(line.text(), line.at()), YELLOW, !quiet);
      case DEBUG, TRACE -> show(line.text(), FAINT, verbose);
      default -> show(line.text(), FAINT, !quiet);
    }
  }

  /** Whether a line is the complaint of a call, which begins with its name. */
  private static boolean complains(String line) {
    return Failures.says(line)
        || line.endsWith(" not found")
        || line.endsWith(" not known")
        || CALL.matcher(line).lookingAt() && !PROGRESS.matcher(line).find();
  }

  /** What lines about this text are said to stand in. */
  public synchronized void name(Source source) {
    names.put(source.text(), source.name());
  }

  /** With the place it is about, as compilers write places; of other texts how they begin. */
  private String placed(String message, Place at) {
    if (at == null) {
      return message;
    }
    String name = names.get(at.program());
    if (name != null) {
      return message + " (" + name + ":" + at + ")";
    }
    String first = at.program().strip().lines().findFirst().orElse("");
    String begin = first.length() > BEGIN ? first.substring(0, BEGIN) + "…" : first;
    return message + " (" + at + " in: " + begin + ")";
  }

  /** A message of the command itself that says why it failed. */
  public synchronized void error(String message) {
    failed = true;
    show(identified(message), RED, true);
  }

  /** A remark that was asked for. */
  public synchronized void note(String message) {
    show(message, FAINT, true);
  }

  /** With the id under which {@code vql doc} explains it, where there is one. */
  private static String identified(String message) {
    Problem problem = Problem.of(message);
    if (problem == null) {
      return message;
    }
    int end = message.indexOf('\n');
    String first = end < 0 ? message : message.substring(0, end);
    return first + " [" + problem.id() + "]" + message.substring(first.length());
  }

  /** Whether somebody would see {@link #progress}. */
  public boolean showsProgress() {
    return !quiet && console.errIsTerminal() && !"dumb".equals(console.environment().get("TERM"));
  }

  /** Shows a line that the next one takes the place of; an empty one takes it away. */
  synchronized void progress(String message) {
    if (showsProgress() && (inProgress || !message.isEmpty())) {
      inProgress = !message.isEmpty();
      console.err().print(CLEAR + message);
      console.err().flush();
    }
  }

  private void show(String line, String colour, boolean wanted) {
    if (wanted) {
      progress("");
      String text = Bytes.printable(line);
      console.err().println(console.coloured() ? colour + text + OFF : text);
    }
  }
}
