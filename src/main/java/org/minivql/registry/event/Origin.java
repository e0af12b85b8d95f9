package org.minivql.registry.event;

/**
 * Who makes a change and what made them do it.
 *
 * @param principal the user, service or client
 * @param rule the rule ({@code Artifact} or {@code Artifact/Source}) whose query made the change,
 *     or null
 * @param event the event that rule was handling, or null
 * @since 0.1.0
 */
public record Origin(String principal, String rule, Event event) {
  /** The server acting by itself. */
  public static final Origin SERVER = new Origin(Principal.SUPERUSER, null, null);

  /** A client that sends rows of its own event queries. */
  public static Origin client(String clientId) {
    return new Origin(clientId, null, null);
  }

  /** The server acting because of an event. */
  public static Origin because(Event event) {
    return new Origin(Principal.SUPERUSER, null, event);
  }
}
