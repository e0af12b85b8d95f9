package org.minivql.cli.command;

import java.util.List;

/**
 * One option of a command.
 *
 * @param name the long name without dashes, words joined by dashes
 * @param letter the short name, or 0 where there is none
 * @param alias another long name; empty where there is none
 * @param value the label of its value; empty for a switch
 * @param repeated whether it may be given more than once
 * @param choices the values it accepts; empty for any
 * @param doc what it does
 */
public record Option(
    String name,
    char letter,
    String alias,
    String value,
    boolean repeated,
    List<String> choices,
    String doc) {

  public static Option flag(String name, String doc) {
    return new Option(name, (char) 0, "", "", false, List.of(), doc);
  }

  public static Option flag(String name, char letter, String doc) {
    return new Option(name, letter, "", "", false, List.of(), doc);
  }

  public static Option value(String name, String value, String doc) {
    return new Option(name, (char) 0, "", value, false, List.of(), doc);
  }

  public static Option choice(String name, List<String> choices, String doc) {
    return new Option(name, (char) 0, "", String.join("|", choices), false, choices, doc);
  }

  public static Option list(String name, String value, String doc) {
    return new Option(name, (char) 0, "", value, true, List.of(), doc);
  }

  /** The same option with a short name. */
  public Option or(char shortName) {
    return new Option(name, shortName, alias, value, repeated, choices, doc);
  }

  /** The same option with another long name. */
  public Option or(String otherName) {
    return new Option(name, letter, otherName, value, repeated, choices, doc);
  }

  public boolean isSwitch() {
    return value.isEmpty();
  }
}
