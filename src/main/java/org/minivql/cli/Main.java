package org.minivql.cli;

import java.util.List;
import org.minivql.cli.command.Console;

/** Starts the command line. */
public final class Main {
  private Main() {}

  /**
   * Runs one command and ends the process with its exit status: 0 when it ran, 1 when it ran and
   * failed, 2 when it could not start.
   *
   * @param words the command and its arguments
   */
  public static void main(String[] words) {
    System.exit(new CommandLine(new Root(), Console.system()).run(List.of(words)));
  }
}
