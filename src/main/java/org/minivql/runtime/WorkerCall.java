package org.minivql.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.minivql.spi.Workers;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/**
 * One call of {@link WorkerPool#each}. Waking a thread costs as much as many small items, so one
 * wake-up is on its way at a time; who wakes up and finds more than its own share wakes the next.
 */
final class WorkerCall {
  private static final Object NULL = new Object();
  private static final long POLL_MILLIS = 20;
  private static final int BATCH = 64;
  private static final int SPINS = 200;

  private final Scope scope;
  private final int workers;
  private final Workers.Task task;
  private final Sink out;
  private final ItemRing ring;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Condition gone = lock.newCondition();
  private final List<Thread> threads = new ArrayList<>();
  private volatile int idle;
  private volatile boolean waking;
  private volatile boolean waiting;
  private volatile boolean ended;
  private volatile boolean over;
  private Executor pool;
  private int started;
  private int live;

  WorkerCall(Scope scope, int workers, Workers.Task task, Sink out) {
    this.scope = scope;
    this.workers = workers;
    this.task = task;
    this.out = out;
    this.ring = new ItemRing(workers);
  }

  void run(Executor executor, Consumer<Sink> producer) {
    pool = executor;
    try {
      producer.accept(item -> hand(item == null ? NULL : item));
    } finally {
      end();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
  }

  private boolean hand(Object item) {
    while (!finished()) {
      if (ring.offer(item)) {
        if (!waking && (idle > 0 || started < workers)) {
          wake();
        }
        return true;
      }
      awaitRoom();
    }
    return false;
  }

  private boolean finished() {
    return over || !scope.alive();
  }

  /** Sees to it that one more worker looks for items. */
  private void wake() {
    boolean start = false;
    lock.lock();
    try {
      if (waking) {
        return;
      }
      if (idle > 0) {
        waking = true;
        more.signal();
      } else if (started < workers) {
        waking = true;
        started++;
        live++;
        start = true;
      }
    } finally {
      lock.unlock();
    }
    if (start) {
      pool.execute(this::work);
    }
  }

  private void awaitRoom() {
    lock.lock();
    try {
      waiting = true;
      if (ring.isFull() && !over) {
        room.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      over = true;
    } finally {
      waiting = false;
      lock.unlock();
    }
  }

  private void work() {
    lock.lock();
    threads.add(Thread.currentThread());
    lock.unlock();
    try {
      Object[] batch = new Object[BATCH];
      int count = next(batch);
      while (count > 0) {
        for (int i = 0; i < count && !finished(); i++) {
          Object item = batch[i] == NULL ? null : batch[i];
          if (!task.run(item, this::guarded)) {
            over = true;
          }
        }
        count = next(batch);
      }
    } catch (InterruptedException e) {
      over = true;
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      over = true;
    } finally {
      leave();
    }
  }

  private void leave() {
    lock.lock();
    try {
      threads.remove(Thread.currentThread());
      waking = false;
      live--;
      room.signalAll();
      more.signalAll();
      gone.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next items, waiting for them; 0 when there will be none. */
  private int next(Object[] batch) throws InterruptedException {
    int spins = 0;
    while (!finished()) {
      int count = ring.take(batch, workers);
      if (count > 0) {
        taken();
        return count;
      }
      if (ended) {
        return 0;
      }
      if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        ring.widen();
        awaitItems();
      }
    }
    return 0;
  }

  private void taken() {
    boolean woken = waking;
    if (woken) {
      waking = false;
    }
    if (woken && ring.size() > 0) {
      wake();
    }
    if (waiting && ring.hasRoom()) {
      lock.lock();
      room.signal();
      lock.unlock();
    }
  }

  private void awaitItems() throws InterruptedException {
    lock.lock();
    try {
      idle++;
      // This one is back; whether the producer wakes it or another is decided anew.
      waking = false;
      if (ring.size() == 0 && !ended && !over) {
        more.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
    } finally {
      idle--;
      lock.unlock();
    }
  }

  private synchronized boolean guarded(Object row) {
    if (over) {
      return false;
    }
    boolean wanted = out.row(row);
    if (!wanted) {
      over = true;
    }
    return wanted;
  }

  /** No more items come: lets the workers finish, and waits for them. */
  private void end() {
    ended = true;
    boolean interrupted = false;
    lock.lock();
    try {
      more.signalAll();
      while (live > 0) {
        try {
          gone.await();
        } catch (InterruptedException e) {
          interrupted = true;
          over = true;
          threads.forEach(Thread::interrupt);
        }
      }
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
