package org.minivql.registry.event;

import java.time.Instant;

/**
 * One change of the registry, also where it left everything as it was.
 *
 * @param seq counts the changes from 1
 * @param at when, on the model's clock
 * @param clientId the client, or null
 * @param kind {@code label}, {@code metadata}, {@code hunt}, {@code flow}, {@code table}, {@code
 *     client}
 * @param op what was done: {@code set}, {@code remove}, {@code create}, …
 * @param value the label, the changed keys with their new values, the hunt id, …
 * @param effective false where nothing is different afterwards
 * @param origin who, and because of which event
 * @since 0.1.0
 */
public record Change(
    long seq,
    Instant at,
    String clientId,
    String kind,
    String op,
    Object value,
    boolean effective,
    Origin origin) {

  /** The flow that the causing event is about, or null. */
  public String flowId() {
    Event event = origin.event();
    return event != null && event.payload().get("FlowId") instanceof String id ? id : null;
  }
}
