package org.minivql.runtime.work;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.minivql.value.Sink;

/** What the threads of a call do: get items, also from each other, and work on them. */
final class WorkerThreads {
  private static final int SPINS = 200;

  private final ItemRing ring;
  private final int workers;
  private final BiPredicate<Object, Sink> task;
  private final Ending ending;
  private final Crew crew;
  private final Ticks ticks;
  private final ReentrantLock turn = new ReentrantLock();
  private final List<Worker> all = new CopyOnWriteArrayList<>();

  /**
   * No thread yet.
   *
   * @param workers how many may work at once
   * @param task works on an item; answers false when no more rows are wanted
   * @param pool gives threads
   * @param every runs something now and then until it is cancelled
   */
  WorkerThreads(
      ItemRing ring,
      int workers,
      BiPredicate<Object, Sink> task,
      Ending ending,
      Executor pool,
      Function<Runnable, Future<?>> every) {
    this.ring = ring;
    this.workers = workers;
    this.task = task;
    this.ending = ending;
    this.crew = new Crew(ring, workers, ending, pool, this::live);
    this.ticks = new Ticks(ring, all, crew::wake, ending, pool, every);
  }

  Crew crew() {
    return crew;
  }

  Ticks ticks() {
    return ticks;
  }

  /** The life of a thread of the pool in this call. */
  private void live() {
    try {
      crew.come();
      Worker worker = worker();
      while (next(worker)) {
        work(worker);
      }
    } catch (InterruptedException e) {
      ending.giveUp();
    } catch (RuntimeException | Error e) {
      ending.fail(e);
    } finally {
      crew.leave();
    }
  }

  /** One more worker, for the thread that asks. */
  Worker worker() {
    Worker worker = new Worker(ring, task, new Outbox(ending::pass, turn));
    all.add(worker);
    return worker;
  }

  /** Works on the items that the worker has. */
  void work(Worker worker) {
    if (!worker.work(ending::isFinished)) {
      ending.stop();
    }
    crew.worked();
  }

  /** Gets items for a worker, waiting for them; false when there will be none. */
  private boolean next(Worker worker) throws InterruptedException {
    int spins = 0;
    while (!ending.isFinished()) {
      // Asked before looking: what the producer gave last is then there to be found.
      boolean last = crew.hasEnded();
      if (take(worker)) {
        crew.taken();
        ticks.begin();
        return true;
      }
      worker.outbox().flush();
      if (last) {
        return false;
      }
      if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        crew.awaitItems();
      }
    }
    worker.outbox().flush();
    return false;
  }

  /** Where items take their time, no worker keeps those that another could begin. */
  private boolean take(Worker worker) {
    boolean quick = ring.isQuick();
    if (worker.take(quick ? Crew.CORES : workers) > 0) {
      return true;
    }
    if (!quick) {
      for (Worker other : all) {
        if (other != worker && worker.takeFrom(other)) {
          return true;
        }
      }
    }
    return false;
  }
}
