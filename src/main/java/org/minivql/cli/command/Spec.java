package org.minivql.cli.command;

import java.util.ArrayList;
import java.util.List;

/**
 * The declaration of a command.
 *
 * @param name the word that selects it
 * @param summary one line for the list of commands
 * @param description the paragraphs of its help page
 * @param operands what it takes beside options, in order
 * @param options its options without those that all commands have
 */
public record Spec(
    String name,
    String summary,
    List<String> description,
    List<Operand> operands,
    List<Option> options) {
  private static final List<Option> COMMON =
      List.of(
          Option.flag("help", 'h', "Show this help and exit."),
          Option.flag("debug", "Show stack traces of unexpected errors."));

  /** All options, with those every command has. */
  public List<Option> allOptions() {
    List<Option> all = new ArrayList<>(options);
    all.addAll(COMMON);
    return all;
  }
}
