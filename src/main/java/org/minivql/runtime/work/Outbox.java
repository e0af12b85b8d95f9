package org.minivql.runtime.work;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.minivql.value.Sink;

/**
 * The rows of one worker on their way out. While items are quick they leave many at a time, because
 * cores that take turns at a lock wait for it longer than such an item takes.
 *
 * <p>Only the worker adds rows, or who works for it one at a time; only who holds the turn passes
 * them on. Each side has a mark of its own that it alone moves, so adding a row takes no lock.
 */
final class Outbox implements Sink {
  /** From so many on rows leave as soon as nobody else is at it. */
  private static final int SOME = 64;

  private static final int ROWS = 8 * SOME;

  private final AtomicReferenceArray<Object> rows = new AtomicReferenceArray<>(ROWS);
  private final AtomicLong added = new AtomicLong();
  private final AtomicLong passed = new AtomicLong();

  /** How many pass these rows on, wait for their turn to, or are about to. */
  private final AtomicInteger takers = new AtomicInteger();

  private final Sink out;
  private final ReentrantLock turn;

  /** The mark of what was passed on when the worker last looked; that moves on only. */
  private long knownPassed;

  private long askedAdded = -1;
  private boolean direct = true;
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
    long at = added.getPlain();
    if (!hasRoom(at) && !deliver()) {
      return false;
    }
    rows.setPlain((int) (at & ROWS - 1), row);
    added.setRelease(at + 1);
    if (direct) {
      return deliver();
    }
    return (at + 1) % SOME == 0 ? tryDeliver() : !closed;
  }

  /** Whether the place of a row is free; one that was passed on is not looked up again. */
  private boolean hasRoom(long at) {
    if (at - knownPassed >= ROWS) {
      knownPassed = passed.get();
    }
    return at - knownPassed < ROWS;
  }

  /** Passes on what waits here; false when no more rows are wanted. */
  boolean flush() {
    return added.get() == passed.get() ? !closed : deliver();
  }

  /** Whether rows wait here for somebody, and none has come since this was last asked. */
  boolean isStale() {
    long now = added.get();
    boolean stale = now == askedAdded && passed.get() < now && takers.get() == 0;
    askedAdded = now;
    return stale;
  }

  /** Somebody is about to {@link #flush}, so that others need not be called for that. */
  void claim() {
    takers.incrementAndGet();
  }

  /** Who claimed has flushed. */
  void release() {
    takers.decrementAndGet();
  }

  private boolean tryDeliver() {
    if (!turn.tryLock()) {
      return !closed;
    }
    claim();
    try {
      return pass();
    } finally {
      release();
      turn.unlock();
    }
  }

  private boolean deliver() {
    claim();
    turn.lock();
    try {
      return pass();
    } finally {
      turn.unlock();
      release();
    }
  }

  private boolean pass() {
    long from = passed.getPlain();
    long ready = added.get();
    try {
      for (long i = from; i < ready && !closed; i++) {
        closed = !out.row(rows.getPlain((int) (i & ROWS - 1)));
      }
    } finally {
      for (long i = from; i < ready; i++) {
        rows.setPlain((int) (i & ROWS - 1), null);
      }
      // Only now: who finds nothing here may take it that all rows are out.
      passed.set(ready);
    }
    return !closed;
  }
}
