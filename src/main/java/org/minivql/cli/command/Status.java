package org.minivql.cli.command;

/** The exit statuses. */
public final class Status {
  /** It ran. */
  public static final int OK = 0;

  /** It ran and something failed: an error was logged, a test or a check failed. */
  public static final int FAILED = 1;

  /** It could not start: wrong usage, an unreadable file, a syntax error. */
  public static final int CANNOT_START = 2;

  private Status() {}
}
