package org.minivql.registry.client;

import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Origin;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/**
 * Sends {@code Server.Audit.Logs {operation, principal, details}}.
 *
 * @since 0.1.0
 */
public final class Audit {
  static final String QUEUE = "Server.Audit.Logs";

  private static final Shape EVENT = Shape.of("operation", "principal", "details");

  private final EventBus bus;

  /** An audit that is sent to the queue of the given bus. */
  public Audit(EventBus bus) {
    this.bus = bus;
  }

  /** Sends one event: the operation, its details and who did it. */
  public void post(String operation, Dict details, Origin origin) {
    bus.post(
        QUEUE,
        ClientRecord.SERVER,
        Dict.over(EVENT, operation, origin.principal(), details),
        origin);
  }
}
