package org.minivql.cli.command;

/** Ends a command with one message for the user and an exit status. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  private CommandException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** The command could not start: wrong usage, a missing file, a syntax error. */
  public static CommandException cannotStart(String message) {
    return new CommandException(Status.CANNOT_START, message, null);
  }

  /** The command could not start because of an error below. */
  public static CommandException cannotStart(String message, Throwable cause) {
    return new CommandException(Status.CANNOT_START, message, cause);
  }

  /** The command ran and failed. */
  public static CommandException failed(String message, Throwable cause) {
    return new CommandException(Status.FAILED, message, cause);
  }

  public int status() {
    return status;
  }
}
