package org.minivql.registry;

/**
 * Who makes a change and what made them do it.
 *
 * @param principal the user or service
 * @param rule the rule ({@code Artifact} or {@code Artifact/Source}) whose query made the change,
 *     or null
 * @param event the event that rule was handling, or null
 * @since 0.1.0
 */
public record Origin(String principal, String rule, Event event) {
  /** The server acting by itself. */
  public static final Origin SERVER = new Origin(Principal.SUPERUSER, null, null);

  /** The server acting because of an event. */
  public static Origin because(Event event) {
    return new Origin(Principal.SUPERUSER, null, event);
  }
}
