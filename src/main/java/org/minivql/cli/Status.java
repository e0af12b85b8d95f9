package org.minivql.cli;

/** The exit statuses. */
final class Status {
  /** It ran. */
  static final int OK = 0;

  /** It ran and something failed: an error was logged, a test or a check failed. */
  static final int FAILED = 1;

  /** It could not start: wrong usage, an unreadable file, a syntax error. */
  static final int CANNOT_START = 2;

  private Status() {}
}
