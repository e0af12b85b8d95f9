package org.minivql.registry.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells whoever wants to know which result sets the rules read; costs nothing where nobody does.
 *
 * @since 0.1.0
 */
public final class ReadLog {
  private final List<Consumer<Read>> listeners = new CopyOnWriteArrayList<>();

  /** A log without entries. */
  public ReadLog() {}

  /**
   * One reading of a result set.
   *
   * @param rule the rule, or null
   * @param event the event it was handling, or null
   * @param clientId the client
   * @param flowId the flow
   * @param artifact {@code Artifact} or {@code Artifact/Source}
   * @param found whether there is such a result set
   * @param rows how many rows were taken
   */
  public record Read(
      String rule,
      Event event,
      String clientId,
      String flowId,
      String artifact,
      boolean found,
      long rows) {}

  /** Adds a listener. */
  public void listen(Consumer<Read> listener) {
    listeners.add(listener);
  }

  /** Notes a reading. */
  public void add(
      Rule rule, String clientId, String flowId, String artifact, boolean found, long rows) {
    if (!listeners.isEmpty()) {
      Read read = new Read(rule.name(), rule.current(), clientId, flowId, artifact, found, rows);
      listeners.forEach(listener -> listener.accept(read));
    }
  }
}
