package org.minivql.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** An item that takes less is quick: waking a thread for it costs more than doing it. */
  private static final long QUICK_NANOS = 20_000;

  private final Scope scope;
  private final int workers;
  private final Workers.Task task;
  private final Sink out;
  private final ItemRing ring;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock turn = new ReentrantLock();
  private final List<Outbox> outboxes = new CopyOnWriteArrayList<>();
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
  private Function<Runnable, Future<?>> ticker;
  private Future<?> watch;
  private int started;
  private int live;

  WorkerCall(Scope scope, int workers, Workers.Task task, Sink out) {
    this.scope = scope;
    this.workers = workers;
    this.task = task;
    this.out = out;
    this.ring = new ItemRing(workers);
  }

  /**
   * Works on all items.
   *
   * @param executor gives threads
   * @param every runs something now and then until it is cancelled
   * @param producer gives the items
   */
  void run(Executor executor, Function<Runnable, Future<?>> every, Consumer<Sink> producer) {
    pool = executor;
    ticker = every;
    try {
      producer.accept(item -> hand(item == null ? NULL : item));
    } finally {
      end();
      unwatch();
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
      if (waking || enough()) {
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

  /** More threads than cores only take the cores from each other while items are quick. */
  private boolean enough() {
    return ring.isQuick() && live - idle >= (waiting ? CORES : CORES - 1) && live > 0;
  }

  private void awaitRoom() {
    lock.lock();
    try {
      waiting = true;
      wake();
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
      Outbox outbox = outbox();
      for (int count = next(batch); count > 0; count = next(batch)) {
        work(batch, count, outbox);
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

  private Outbox outbox() {
    Outbox outbox = new Outbox(this::pass, turn);
    outboxes.add(outbox);
    return outbox;
  }

  private void work(Object[] batch, int count, Outbox outbox) {
    long begun = System.nanoTime();
    outbox.direct(!ring.isQuick());
    try {
      for (int i = 0; i < count && !finished(); i++) {
        if (!task.run(batch[i] == NULL ? null : batch[i], outbox)) {
          over = true;
        }
      }
    } finally {
      outbox.flush();
    }
    boolean quick = System.nanoTime() - begun < count * QUICK_NANOS;
    if (quick && !ring.isQuick()) {
      watch();
    }
    ring.quick(quick);
  }

  private synchronized void unwatch() {
    if (watch != null) {
      watch.cancel(false);
    }
  }

  private synchronized void watch() {
    if (watch == null) {
      watch = ticker.apply(this::tick);
    }
  }

  /** Whether the thread of the caller is to be one of the workers now. */
  private boolean joins() {
    lock.lock();
    try {
      boolean joins = ring.isQuick() && started < workers;
      if (joins) {
        started++;
      }
      return joins;
    } finally {
      lock.unlock();
    }
  }

  /** Works on what is left like a worker, rather than wait for others to do it. */
  private void help() {
    Object[] batch = new Object[BATCH];
    Outbox outbox = outbox();
    guard(
        () -> {
          int count;
          while (!finished() && (count = ring.take(batch, workers)) > 0) {
            work(batch, count, outbox);
          }
        });
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

  private boolean pass(Object row) {
    if (over) {
      return false;
    }
    boolean wanted = out.row(row);
    if (!wanted) {
      over = true;
    }
    return wanted;
  }

  /** Nothing waits long for an item that takes its time: neither rows nor other items. */
  private void tick() {
    if (ring.isStuck()) {
      ring.quick(false);
      wake();
    }
    for (Outbox outbox : outboxes) {
      if (outbox.isStale()) {
        pool.execute(() -> guard(outbox::flush));
      }
    }
  }

  private void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      over = true;
    }
  }

  /** No more items come: lets the workers finish, and waits for them. */
  private void end() {
    ended = true;
    if (joins()) {
      help();
    }
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
