package org.minivql.fleet.source;

/**
 * A fleet, or a file given with it, that cannot be used. The message names file, line and column
 * and shows the line.
 *
 * @since 0.1.0
 */
public final class FleetException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 160;

  /** A problem without a place in a file. */
  public FleetException(String message) {
    super(message, null, false, false);
  }

  /** A problem of a whole file. */
  public static FleetException in(String file, String message) {
    return new FleetException(file + ": " + message);
  }

  /**
   * A problem at a place.
   *
   * @param file the name to show
   * @param line from 1; 0 where there is none
   * @param column from 1
   * @param message what is wrong
   * @param text the line
   */
  public static FleetException at(String file, int line, int column, String message, String text) {
    if (line <= 0) {
      return in(file, message);
    }
    int at = Math.max(1, Math.min(column, text.length() + 1));
    int from = at > LONGEST / 2 ? at - LONGEST / 2 : 1;
    String shown = text.substring(from - 1, Math.min(text.length(), from - 1 + LONGEST));
    String caret = " ".repeat(at - from) + "^";
    return new FleetException(
        file + ":" + line + ":" + at + ": " + message + "\n" + shown + "\n" + caret);
  }
}
