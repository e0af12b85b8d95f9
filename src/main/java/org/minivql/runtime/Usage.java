package org.minivql.runtime;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.minivql.value.Limit;

/** What a run has used of what is limited, and which limit it met first. */
final class Usage {
  private final Limits limits;
  private final AtomicLongArray used = new AtomicLongArray(Limit.values().length);
  private final AtomicReference<Limit> reached = new AtomicReference<>();

  Usage(Limits limits) {
    this.limits = limits;
  }

  /** A program begins: what is counted by program counts from zero. */
  void begin() {
    used.set(Limit.ROWS.ordinal(), 0);
    used.set(Limit.SCANNED.ordinal(), 0);
    reached.set(null);
  }

  boolean add(Limit limit, long amount) {
    return used.addAndGet(limit.ordinal(), amount) <= limits.of(limit);
  }

  void remove(Limit limit, long amount) {
    used.addAndGet(limit.ordinal(), -amount);
  }

  long used(Limit limit) {
    return used.get(limit.ordinal());
  }

  void reach(Limit limit) {
    reached.compareAndSet(null, limit);
  }

  /** The limit that was met first, or null. */
  Limit reached() {
    return reached.get();
  }
}
