package org.minivql.runtime;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.minivql.value.Limit;

/** What a run has used of what is limited, and which limit it met first. */
final class Usage {
  private static final int STRIPE_BITS = 5;

  /** Spreads the ids of threads, most of which are near each other. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private static final int PADDING = 16;

  /** How many rows looked at a thread may keep to itself, where so few make no difference. */
  private static final int STEP = 256;

  private final Limits limits;
  private final int step;

  /** Rows looked at that are not counted yet: threads that share a count wait for each other. */
  private final AtomicLongArray looked = new AtomicLongArray(((1 << STRIPE_BITS) + 1) * PADDING);

  private final AtomicLongArray used = new AtomicLongArray(Limit.values().length);
  private final AtomicReference<Limit> reached = new AtomicReference<>();

  Usage(Limits limits) {
    this.limits = limits;
    this.step = limits.of(Limit.SCANNED) < 1000L * STEP ? 1 : STEP;
  }

  /** A program begins: what is counted by program counts from zero. */
  void begin() {
    used.set(Limit.SCANNED.ordinal(), 0);
    for (int i = 0; i < looked.length(); i += PADDING) {
      looked.set(i, 0);
    }
    reached.set(null);
  }

  boolean add(Limit limit, long amount) {
    return used.addAndGet(limit.ordinal(), amount) <= limits.of(limit);
  }

  /** Counts rows that a SELECT looked at; false when there were too many. */
  boolean look(long rows) {
    long spread = Thread.currentThread().getId() * GOLDEN >>> Long.SIZE - STRIPE_BITS;
    int stripe = ((int) spread + 1) * PADDING;
    return looked.addAndGet(stripe, rows) < step || add(Limit.SCANNED, looked.getAndSet(stripe, 0));
  }

  void remove(Limit limit, long amount) {
    used.addAndGet(limit.ordinal(), -amount);
  }

  long used(Limit limit) {
    long sum = used.get(limit.ordinal());
    for (int i = 0; i < looked.length() && limit == Limit.SCANNED; i += PADDING) {
      sum += looked.get(i);
    }
    return sum;
  }

  void reach(Limit limit) {
    reached.compareAndSet(null, limit);
  }

  /** The limit that was met first, or null. */
  Limit reached() {
    return reached.get();
  }
}
