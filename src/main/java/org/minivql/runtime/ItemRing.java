package org.minivql.runtime;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Items on their way from one producer to many workers. Nobody waits here: an offer to a full ring
 * and a take from an empty one say so.
 */
final class ItemRing {
  private static final int SLOTS = 1 << 13;

  private final AtomicReferenceArray<Object> slots = new AtomicReferenceArray<>(SLOTS);
  private final AtomicLong head = new AtomicLong();
  private final int few;
  private volatile long tail;
  private volatile int limit;

  /** The head when the producer last looked; it moves on only. */
  private long knownHead;

  private long askedHead = -1;

  /** A ring that holds so many items while they take their time. */
  ItemRing(int few) {
    this.few = Math.min(SLOTS, few);
    this.limit = this.few;
  }

  /**
   * Lets it hold as much as it can while items are quick, so that nobody waits for each of them.
   */
  void quick(boolean quick) {
    int wanted = quick ? SLOTS : few;
    if (limit != wanted) {
      limit = wanted;
    }
  }

  /** Whether items are there and none was taken since this was last asked. */
  boolean isStuck() {
    long now = head.get();
    boolean stuck = now == askedHead && tail > now;
    askedHead = now;
    return stuck;
  }

  boolean isQuick() {
    return limit == SLOTS;
  }

  int size() {
    return (int) (tail - head.get());
  }

  boolean isFull() {
    return size() >= limit;
  }

  /** Whether there is as much room again that a waiting producer should go on. */
  boolean hasRoom() {
    return size() <= limit / 4;
  }

  boolean offer(Object item) {
    long at = tail;
    int most = limit;
    if (at - knownHead >= most) {
      knownHead = head.get();
      if (at - knownHead >= most) {
        return false;
      }
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
