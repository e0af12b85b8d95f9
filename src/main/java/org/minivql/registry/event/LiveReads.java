package org.minivql.registry.event;

/**
 * Warns rules that read the record of a live event in a way that fails on stored ones.
 *
 * @since 0.1.0
 */
public final class LiveReads {
  private LiveReads() {}

  /**
   * A member of such a record was read.
   *
   * @param column the column that holds the record
   * @param name the name it was read by
   * @param declared its declared name
   * @param choice whether it is a number here and a word elsewhere
   */
  public static void warn(
      Quirks quirks, Rule rule, String column, String name, String declared, boolean choice) {
    if (choice && rule.mentions().comparedWithText().contains(name)) {
      warn(
          quirks,
          rule,
          column + "." + name + " is a number in a live event; compared with text it never is it");
    }
    if (!name.equals(declared)) {
      warn(
          quirks,
          rule,
          column + "." + name + " is only there while the event is live; write " + declared);
    }
  }

  private static void warn(Quirks quirks, Rule rule, String message) {
    quirks.warn("Q-01", rule.name(), rule.current().clientId(), message);
  }
}
