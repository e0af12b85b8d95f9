package org.minivql.runtime.work;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.minivql.value.Dict;

/**
 * Items on their way from one producer to many workers. Nobody waits here: an offer to a full ring
 * and a take from an empty one say so.
 *
 * <p>A line of memory that one core wrote and another reads costs as much as a quick item. So quick
 * items are shown to the workers many at a time, and are fetched many at a time.
 */
final class ItemRing {
  private static final int SLOTS = 1 << 10;

  /** How many quick items the producer may keep unseen. */
  private static final int UNSEEN = 32;

  /** Marks that different threads write stand in lines of memory of their own. */
  private static final int LINE = 16;

  private static final int HEAD = LINE;
  private static final int TAIL = 2 * LINE;
  private static final int WRITTEN = 3 * LINE;

  private final AtomicReferenceArray<Object> slots = new AtomicReferenceArray<>(SLOTS);
  private final AtomicLongArray marks = new AtomicLongArray(4 * LINE);
  private final int few;
  private volatile int limit;

  /** The head when the producer last looked; it moves on only. */
  private long knownHead;

  /** Up to here the producer has let go of what was taken. */
  private long emptied;

  private long askedHead = -1;

  /**
   * An empty ring.
   *
   * @param few how many items it holds while they take their time
   */
  ItemRing(int few) {
    this.few = Math.min(SLOTS - 1, few);
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
    long now = marks.get(HEAD);
    boolean stuck = now == askedHead && marks.get(TAIL) > now;
    askedHead = now;
    return stuck;
  }

  boolean isQuick() {
    return limit == SLOTS;
  }

  /** How many items the workers see. */
  int size() {
    return (int) (marks.get(TAIL) - marks.get(HEAD));
  }

  boolean isFull() {
    return size() >= limit;
  }

  /** Whether there is as much room again that a waiting producer should go on. */
  boolean hasRoom() {
    return size() <= limit / 4;
  }

  /**
   * Adds an item; false when there is no room.
   *
   * @param seen whether the workers must see it at once
   */
  boolean offer(Object item, boolean seen) {
    long at = marks.getPlain(WRITTEN);
    int most = limit;
    if (at - knownHead >= most) {
      knownHead = marks.get(HEAD);
      if (at - knownHead >= most) {
        return false;
      }
    }
    slots.setPlain((int) (at & SLOTS - 1), item);
    marks.setRelease(WRITTEN, at + 1);
    if (seen || most != SLOTS || (at + 1) % UNSEEN == 0) {
      show();
      empty(at + 1);
    }
    return true;
  }

  /** Lets go of items that were taken: large ones must not stay until their place is needed. */
  private void empty(long written) {
    knownHead = marks.get(HEAD);
    for (long i = Math.max(emptied, written - SLOTS); i < knownHead; i++) {
      slots.setPlain((int) (i & SLOTS - 1), null);
    }
    emptied = knownHead;
  }

  /** Shows the workers all that was offered; any thread may do so. */
  void show() {
    long written = marks.get(WRITTEN);
    long tail = marks.get(TAIL);
    while (tail < written && !marks.compareAndSet(TAIL, tail, written)) {
      tail = marks.get(TAIL);
    }
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
      long from = marks.get(HEAD);
      long there = marks.get(TAIL) - from;
      if (there <= 0) {
        return 0;
      }
      int count = (int) Math.max(1, Math.min(into.length, there / (2L * takers)));
      for (int i = 0; i < count; i++) {
        into[i] = slots.getPlain((int) (from + i & SLOTS - 1));
      }
      if (marks.compareAndSet(HEAD, from, from + count)) {
        return count;
      }
    }
  }

  /**
   * Looks at each item, so that the memory of all comes over from the other core together and not
   * one after the other.
   *
   * @return something made of what was read
   */
  static int fetch(Object[] items, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      if (items[i] instanceof Dict dict) {
        sum += dict.size();
      }
    }
    return sum;
  }
}
