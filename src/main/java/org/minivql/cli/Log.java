package org.minivql.cli;

import org.minivql.value.Bytes;

/** Writes the log to standard error: a line a message, coloured by its level on a terminal. */
final class Log {
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String FAINT = "\u001b[2m";
  private static final String OFF = "\u001b[0m";

  private final Console console;
  private final boolean quiet;
  private boolean failed;

  /**
   * A log.
   *
   * @param quiet whether only errors are shown
   */
  Log(Console console, boolean quiet) {
    this.console = console;
    this.quiet = quiet;
  }

  /** Whether an error was logged. */
  boolean failed() {
    return failed;
  }

  /** One line of a query's log: its level is a prefix such as {@code ERROR:}. */
  synchronized void line(String line) {
    boolean isError = line.startsWith("ERROR:");
    failed |= isError;
    if (isError) {
      show(line, RED);
    } else if (!quiet && !line.startsWith("DEBUG:")) {
      show(line, line.startsWith("WARN:") ? YELLOW : FAINT);
    }
  }

  /** A message of the command itself that says why it failed. */
  synchronized void error(String message) {
    failed = true;
    show(message, RED);
  }

  private void show(String line, String colour) {
    String text = Bytes.printable(line);
    console.err().println(console.coloured() ? colour + text + OFF : text);
  }
}
