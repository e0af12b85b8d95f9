package org.minivql.sigma.reader;

/** A rule that cannot be used, and the place in its text. */
public final class RuleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /**
   * @param line counted from 1; 0 where the rule as a whole is meant
   * @param column counted from 1
   */
  public RuleException(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** The place as {@code line:column}. */
  String place() {
    return line + ":" + column;
  }
}
