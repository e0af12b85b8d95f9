package org.minivql.runtime.work;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.minivql.value.Sink;

/**
 * The rows of one worker on their way out. While items are quick they leave many at a time, because
 * cores that take turns at a lock wait for it longer than such an item takes.
 */
final class Outbox implements Sink {
  /** From so many on rows leave as soon as nobody else is at it. */
  private static final int SOME = 64;

  private static final int ROWS = 8 * SOME;

  private final ReentrantLock lock = new ReentrantLock();
  private final Object[] rows = new Object[ROWS];
  private final Sink out;
  private final ReentrantLock turn;
  private boolean direct = true;
  private boolean seen;
  private volatile int count;
  private volatile boolean closed;

  /**
   * An empty outbox.
   *
   * @param out where the rows go
   * @param turn is held by whoever passes rows on
   */
  Outbox(Sink out, ReentrantLock turn) {
    this.out = out;
    this.turn = turn;
  }

  /** Whether rows go out at once, or may wait until there are more. */
  void direct(boolean at) {
    direct = at;
  }

  @Override
  public boolean row(Object row) {
    lock.lock();
    try {
      rows[count] = row;
      seen = false;
      count++;
      if (direct || count == ROWS) {
        return deliver();
      }
      return count % SOME == 0 ? tryDeliver() : !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Passes on what waits here; false when no more rows are wanted. */
  boolean flush() {
    if (count == 0) {
      return !closed;
    }
    lock.lock();
    try {
      return deliver();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the newest row was already there when this was last asked. */
  boolean isStale() {
    if (count == 0 || !lock.tryLock()) {
      return false;
    }
    try {
      boolean before = seen;
      seen = count > 0;
      return before && seen;
    } finally {
      lock.unlock();
    }
  }

  private boolean tryDeliver() {
    if (!turn.tryLock()) {
      return !closed;
    }
    try {
      return pass();
    } finally {
      turn.unlock();
    }
  }

  private boolean deliver() {
    turn.lock();
    try {
      return pass();
    } finally {
      turn.unlock();
    }
  }

  private boolean pass() {
    int ready = count;
    try {
      for (int i = 0; i < ready && !closed; i++) {
        closed = !out.row(rows[i]);
      }
    } finally {
      Arrays.fill(rows, 0, ready, null);
      // Only now: who finds nothing here may take it that all rows are out.
      count = 0;
    }
    return !closed;
  }
}
