package org.minivql.runtime.work;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Looks after the workers of a call now and then: nothing waits long for an item that takes its
 * time, neither rows nor other items.
 */
final class Ticks {
  private final ItemRing ring;
  private final List<Worker> workers;
  private final Runnable wake;
  private final Ending ending;
  private final Executor pool;
  private final Function<Runnable, Future<?>> every;
  private volatile Future<?> watch;

  /**
   * Ticks that have not begun.
   *
   * @param workers those of the call; more may come
   * @param wake sees to it that one more worker looks for items
   * @param every runs something now and then until it is cancelled
   */
  Ticks(
      ItemRing ring,
      List<Worker> workers,
      Runnable wake,
      Ending ending,
      Executor pool,
      Function<Runnable, Future<?>> every) {
    this.ring = ring;
    this.workers = workers;
    this.wake = wake;
    this.ending = ending;
    this.pool = pool;
    this.every = every;
  }

  /** Begins, unless it has. */
  void begin() {
    if (watch == null) {
      watch();
    }
  }

  private synchronized void watch() {
    if (watch == null) {
      watch = every.apply(this::tick);
    }
  }

  synchronized void cancel() {
    if (watch != null) {
      watch.cancel(false);
    }
  }

  private void tick() {
    try {
      look();
    } catch (RuntimeException | Error e) {
      ending.fail(e);
    }
  }

  private void look() {
    ring.show();
    boolean stuck = ring.isStuck();
    for (Worker worker : workers) {
      stuck |= worker.isStuck();
      Outbox outbox = worker.outbox();
      if (outbox.isStale()) {
        outbox.claim();
        pool.execute(() -> flush(outbox));
      }
    }
    if (stuck) {
      ring.quick(false);
      wake.run();
    }
  }

  private void flush(Outbox outbox) {
    try {
      outbox.flush();
    } catch (RuntimeException | Error e) {
      ending.fail(e);
    } finally {
      outbox.release();
    }
  }
}
