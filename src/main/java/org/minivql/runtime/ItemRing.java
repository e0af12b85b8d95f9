package org.minivql.runtime;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Items on their way from one producer to many workers. Nobody waits here: an offer to a full ring
 * and a take from an empty one say so.
 */
final class ItemRing {
  private static final int SLOTS = 1 << 11;

  private final AtomicReferenceArray<Object> slots = new AtomicReferenceArray<>(SLOTS);
  private final AtomicLong head = new AtomicLong();
  private volatile long tail;
  private volatile int limit;

  /** A ring that holds so many items at first. */
  ItemRing(int limit) {
    this.limit = Math.min(SLOTS, limit);
  }

  /** Lets it hold more: the workers wait for the producer. */
  void widen() {
    limit = Math.min(SLOTS, limit * 2);
  }

  int size() {
    return (int) (tail - head.get());
  }

  boolean isFull() {
    return size() >= limit;
  }

  /** Whether there is as much room again that a waiting producer should go on. */
  boolean hasRoom() {
    return size() <= limit / 2;
  }

  boolean offer(Object item) {
    long at = tail;
    if (at - head.get() >= limit) {
      return false;
    }
    slots.lazySet((int) (at & SLOTS - 1), item);
    tail = at + 1;
    return true;
  }

  /**
   * Takes items: the fewer there are, the fewer at once, so that no worker sits on what another
   * could do.
   *
   * @param into where they go; as many as fit at most
   * @param takers among how many workers the items should suffice
   * @return how many were taken
   */
  int take(Object[] into, int takers) {
    while (true) {
      long from = head.get();
      long there = tail - from;
      if (there <= 0) {
        return 0;
      }
      int count = (int) Math.max(1, Math.min(into.length, there / (2L * takers)));
      for (int i = 0; i < count; i++) {
        into[i] = slots.get((int) (from + i & SLOTS - 1));
      }
      if (head.compareAndSet(from, from + count)) {
        return count;
      }
    }
  }
}
