package org.minivql.runtime.work;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.minivql.runtime.Frame;
import org.minivql.spi.Workers;
import org.minivql.value.Sink;

/** One call of {@link WorkerPool#each}, as its producer sees it. */
final class WorkerCall {
  private final Frame scope;
  private final ItemRing ring;
  private final Ending ending;
  private final WorkerThreads threads;
  private final Crew crew;
  private Worker own;

  /**
   * A call that has not begun.
   *
   * @param pool gives threads
   * @param every runs something now and then until it is cancelled
   */
  WorkerCall(
      Frame scope,
      int workers,
      Workers.Task task,
      Sink out,
      Executor pool,
      Function<Runnable, Future<?>> every) {
    this.scope = scope;
    this.ring = new ItemRing(workers);
    this.ending = new Ending(scope, out);
    this.threads =
        new WorkerThreads(
            ring, workers, (item, rows) -> task.run(scope, item, rows), ending, pool, every);
    this.crew = threads.crew();
  }

  /** Works on all items that the producer gives. */
  void run(Workers.Producer producer) {
    try {
      producer.give(scope, item -> hand(Worker.packed(item)));
    } finally {
      end();
      threads.ticks().cancel();
    }
    ending.rethrow();
  }

  private boolean hand(Object item) {
    while (!ending.isFinished()) {
      if (ring.offer(item, crew.isIdle())) {
        crew.offered();
        return true;
      }
      ring.show();
      awaitRoom();
    }
    return false;
  }

  private void awaitRoom() {
    if (crew.join()) {
      help(ring::hasRoom);
      crew.part();
    } else {
      crew.awaitRoom();
    }
  }

  /** Works on what is there like a worker, rather than wait for others to do it. */
  private void help(BooleanSupplier enough) {
    try {
      own = own == null ? threads.worker() : own;
      while (!ending.isFinished() && !enough.getAsBoolean()) {
        if (own.take(Crew.CORES) == 0) {
          break;
        }
        threads.work(own);
      }
      own.outbox().flush();
    } catch (RuntimeException | Error e) {
      ending.fail(e);
    }
  }

  /** No more items come: lets the workers finish, and waits for them. */
  private void end() {
    ring.show();
    crew.end();
    if (crew.join()) {
      help(() -> false);
      crew.part();
    }
    crew.awaitLeave();
  }
}
