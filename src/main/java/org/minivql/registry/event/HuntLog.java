package org.minivql.registry.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells whoever wants to know why clients were not let into hunts; costs nothing where nobody does.
 *
 * @since 0.1.0
 */
public final class HuntLog {
  private final List<Consumer<Refusal>> listeners = new CopyOnWriteArrayList<>();

  /** A log without entries. */
  public HuntLog() {}

  /**
   * A client was considered and not let in.
   *
   * @param huntId the hunt
   * @param clientId the client
   * @param reason the test that failed, with the values it looked at
   * @param event the event that made the server consider it; null for a check-in
   */
  public record Refusal(String huntId, String clientId, String reason, Event event) {}

  /** Adds a listener. */
  public void listen(Consumer<Refusal> listener) {
    listeners.add(listener);
  }

  /** Notes why a client joined a hunt or was left out. */
  public void add(String huntId, String clientId, String reason, Origin origin) {
    if (!listeners.isEmpty()) {
      Refusal refusal = new Refusal(huntId, clientId, reason, origin.event());
      listeners.forEach(listener -> listener.accept(refusal));
    }
  }
}
