package org.minivql.runtime;

import java.util.concurrent.atomic.LongAdder;

/** Rows and time of one place in a plan. Safe for use by several threads. */
public final class Meter {
  private final LongAdder rows = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** One row passed. */
  public void row() {
    rows.increment();
  }

  /** Adds the time since a moment of {@link System#nanoTime}. */
  public void since(long start) {
    nanos.add(System.nanoTime() - start);
  }

  /** How many rows passed. */
  public long rows() {
    return rows.sum();
  }

  /** The time so far in nanoseconds. */
  public long nanos() {
    return nanos.sum();
  }
}
