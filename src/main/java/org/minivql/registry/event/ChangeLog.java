package org.minivql.registry.event;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Where every change of the registry goes through: what a dry run reports. Listeners are called in
 * the order in which the changes of one client happened, while that client is locked: they only
 * take notes.
 *
 * @since 0.1.0
 */
public final class ChangeLog {
  private final Clock clock;
  private final AtomicLong seq = new AtomicLong();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /** A log without entries; the clock gives the times of changes. */
  public ChangeLog(Clock clock) {
    this.clock = clock;
  }

  /** Adds a listener. */
  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /** How many changes there were. */
  public long size() {
    return seq.get();
  }

  /** Notes a change, also one that left the record as it was. */
  public void add(
      String clientId, String kind, String op, Object value, boolean effective, Origin origin) {
    long number = seq.incrementAndGet();
    if (!listeners.isEmpty()) {
      Change change =
          new Change(number, clock.instant(), clientId, kind, op, value, effective, origin);
      listeners.forEach(listener -> listener.accept(change));
    }
  }
}
