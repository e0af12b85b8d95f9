package org.minivql.cli.command;

import java.util.List;
import java.util.Map;

/** One parsed call of a command. */
public final class Invocation {
  private final Console console;
  private final Map<String, List<String>> options;
  private final List<String> operands;

  Invocation(Console console, Map<String, List<String>> options, List<String> operands) {
    this.console = console;
    this.options = options;
    this.operands = operands;
  }

  public Console console() {
    return console;
  }

  /** What was given beside options. */
  public List<String> operands() {
    return operands;
  }

  /** Whether the option was given. */
  public boolean has(String option) {
    return options.containsKey(option);
  }

  /** The value of an option; the last one counts. */
  public String value(String option, String otherwise) {
    List<String> values = options.get(option);
    return values == null ? otherwise : values.get(values.size() - 1);
  }

  /** The values of a repeatable option. */
  public List<String> values(String option) {
    return options.getOrDefault(option, List.of());
  }

  /** The value of an option as a whole number of at least zero. */
  public long number(String option, long otherwise) {
    String text = value(option, null);
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw CommandException.cannotStart(notNumber(option, text), e);
    }
    throw CommandException.cannotStart(notNumber(option, text));
  }

  private static String notNumber(String option, String text) {
    return "--" + option + " takes a whole number of at least 0, not '" + text + "'";
  }
}
