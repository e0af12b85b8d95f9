package org.minivql.runtime.work;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import org.minivql.value.Sink;

/**
 * One thread's part of a call: takes items, some at a time, and works on them one after the other.
 * Those that it has taken and not begun can be taken from it by others.
 */
final class Worker {
  private static final Object NULL = new Object();
  private static final int BATCH = 64;

  /** An item that takes less is quick: waking a thread for it costs more than doing it. */
  private static final long QUICK_NANOS = 20_000;

  private static final int BITS = 8;
  private static final int MASK = (1 << BITS) - 1;

  private final ItemRing ring;
  private final BiPredicate<Object, Sink> task;
  private final Outbox outbox;
  private final Object[] batch = new Object[BATCH];

  /** How many items there are, which is next, and above them the number of the batch. */
  private final AtomicLong place = new AtomicLong();

  private long askedPlace = -1;
  private int fetched;

  Worker(ItemRing ring, BiPredicate<Object, Sink> task, Outbox outbox) {
    this.ring = ring;
    this.task = task;
    this.outbox = outbox;
  }

  /** What stands for an item in the ring. */
  static Object packed(Object item) {
    return item == null ? NULL : item;
  }

  /**
   * Takes items to work on next; called when all it had are begun.
   *
   * @param takers among how many workers those that are there should suffice
   * @return how many it has now
   */
  int take(int takers) {
    int count = ring.take(batch, takers);
    fetched += ItemRing.fetch(batch, count);
    have(count);
    return count;
  }

  /** Takes one that another worker has not begun; false when it has none. */
  boolean takeFrom(Worker other) {
    Object item = other.next();
    if (item == null) {
      return false;
    }
    batch[0] = item;
    have(1);
    return true;
  }

  private void have(int count) {
    long number = (place.get() >> 2 * BITS) + 1;
    place.set(number << 2 * BITS | count);
  }

  /** The next of the items taken, for whoever asks first; null when there is none. */
  private Object next() {
    while (true) {
      long now = place.get();
      int index = (int) (now >> BITS) & MASK;
      if (index >= (now & MASK)) {
        return null;
      }
      Object item = batch[index];
      if (place.compareAndSet(now, now + (1 << BITS))) {
        return item;
      }
    }
  }

  /** Whether it has items and began none since this was last asked. */
  boolean isStuck() {
    long now = place.get();
    boolean stuck = now == askedPlace && (now >> BITS & MASK) < (now & MASK);
    askedPlace = now;
    return stuck;
  }

  /**
   * Works on the items it has, and says to the ring whether they were quick.
   *
   * @param finished whether to leave the rest
   * @return false when no more rows are wanted
   */
  boolean work(BooleanSupplier finished) {
    long begun = System.nanoTime();
    outbox.direct(!ring.isQuick());
    boolean wanted = true;
    int done = 0;
    try {
      while (wanted && !finished.getAsBoolean()) {
        Object item = next();
        if (item == null) {
          Arrays.fill(batch, 0, (int) place.get() & MASK, null);
          break;
        }
        wanted = task.test(item == NULL ? null : item, outbox);
        done++;
      }
    } catch (RuntimeException | Error e) {
      outbox.flush();
      throw e;
    }
    ring.quick(System.nanoTime() - begun < done * QUICK_NANOS);
    return wanted;
  }

  /** The rows that still wait. */
  Outbox outbox() {
    return outbox;
  }
}
