package org.minivql.registry;

import org.minivql.value.Dict;
import org.minivql.value.Shape;

/** Sends {@code Server.Audit.Logs {operation, principal, details}}. */
final class Audit {
  static final String QUEUE = "Server.Audit.Logs";

  private static final Shape EVENT = Shape.of("operation", "principal", "details");

  private final EventBus bus;

  Audit(EventBus bus) {
    this.bus = bus;
  }

  void post(String operation, Dict details, Origin origin) {
    bus.post(
        QUEUE,
        ClientRecord.SERVER,
        Dict.over(EVENT, operation, origin.principal(), details),
        origin);
  }
}
