package org.minivql.registry.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Collects warnings about behaviour of the server that an author would not expect. The behaviour
 * itself is reproduced; the warning is kept once for each kind and rule, with a count.
 *
 * @since 0.1.0
 */
public final class Quirks {
  private record Key(String id, String rule) {}

  /**
   * A warning.
   *
   * @param id the id of the behaviour, such as {@code Q-08}
   * @param rule the rule it concerns, or null
   * @param clientId the first client it concerned, or null
   * @param count how often it happened
   * @param message the first message
   */
  public record Warning(String id, String rule, String clientId, long count, String message) {}

  private final List<Consumer<Warning>> listeners = new CopyOnWriteArrayList<>();
  private final Map<Key, Warning> warnings = new LinkedHashMap<>();

  /** Without warnings. */
  public Quirks() {}

  /** Adds a listener that is told each time, with a count of 1. */
  public void listen(Consumer<Warning> listener) {
    listeners.add(listener);
  }

  /** Notes that something unexpected was reproduced. */
  public synchronized void warn(String id, String rule, String clientId, String message) {
    Warning warning = new Warning(id, rule, clientId, 1, message);
    listeners.forEach(listener -> listener.accept(warning));
    warnings.merge(
        new Key(id, rule),
        warning,
        (old, ignored) -> new Warning(id, rule, old.clientId(), old.count() + 1, old.message()));
  }

  /** The warnings so far, in the order of their first occurrence. */
  public synchronized List<Warning> warnings() {
    return new ArrayList<>(warnings.values());
  }
}
