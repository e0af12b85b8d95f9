package org.minivql.cli.command;

import java.io.IOException;
import java.util.List;

/** A command: what it accepts and what it does. */
public interface Command {
  /** The declaration. */
  Spec spec();

  /** The names of the commands below this one, in the order of the help page. */
  default List<String> subcommands() {
    return List.of();
  }

  /** A command below this one, or null. Only the one that is asked for is made. */
  default Command subcommand(String name) {
    return null;
  }

  /**
   * Runs the command.
   *
   * @return the exit status
   * @throws CommandException for what the user is told in one sentence
   */
  int run(Invocation call) throws IOException;
}
