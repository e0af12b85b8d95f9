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
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.minivql.spi.Workers;
import org.minivql.value.Sink;

/**
 * One call of {@link WorkerPool#each}. Waking a thread costs as much as many small items, so one
 * wake-up is on its way at a time; who wakes up and finds more than its own share wakes the next.
 * While items are quick, there are no more threads than cores, and the producer is one of them.
 */
final class WorkerCall {
  private static final long POLL_MILLIS = 20;
  private static final int SPINS = 200;
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** For how long the producer waits for others without going to sleep, in all and at the end. */
  private static final long AWAKE_NANOS = 100_000;

  private final Frame scope;
  private final int workers;
  private final Workers.Task task;
  private final Sink out;
  private final ItemRing ring;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock turn = new ReentrantLock();
  private final List<Worker> crew = new CopyOnWriteArrayList<>();
  private final Condition more = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Condition gone = lock.newCondition();
  private final List<Thread> threads = new ArrayList<>();
  private volatile int idle;
  private volatile boolean joined;
  private volatile int live;
  private volatile boolean waking;
  private volatile boolean waiting;
  private volatile boolean awake;
  private volatile boolean ended;
  private volatile boolean over;
  private Executor pool;
  private Function<Runnable, Future<?>> ticker;
  private volatile Future<?> watch;
  private Worker own;
  private long sleepless = AWAKE_NANOS;

  WorkerCall(Frame scope, int workers, Workers.Task task, Sink out) {
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
  void run(Executor executor, Function<Runnable, Future<?>> every, Workers.Producer producer) {
    pool = executor;
    ticker = every;
    try {
      producer.give(scope, item -> hand(Worker.packed(item)));
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
      if (ring.offer(item, idle > 0)) {
        if (!waking && (idle > 0 || !all()) && !enough()) {
          wake();
        }
        return true;
      }
      ring.show();
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
      if (waking || enough() || ended && live == 0 && !joined) {
        return;
      }
      if (idle > 0) {
        waking = true;
        more.signal();
      } else if (!all()) {
        waking = true;
        live++;
        start = true;
      }
    } finally {
      lock.unlock();
    }
    if (start) {
      start();
    }
  }

  private void start() {
    try {
      pool.execute(this::work);
    } catch (RuntimeException | Error e) {
      fail(e);
      leave();
    }
  }

  /** Whether there are as many workers as were asked for. */
  private boolean all() {
    return live + (joined ? 1 : 0) >= workers;
  }

  /** More threads than cores only take the cores from each other while items are quick. */
  private boolean enough() {
    return ring.isQuick() && live - idle >= (waiting ? CORES : CORES - 1) && live > 0;
  }

  private void awaitRoom() {
    if (joins()) {
      help(ring::hasRoom);
      joined = false;
    } else if (!stayAwake()) {
      sleep();
    }
  }

  /**
   * Waits for room without going to sleep, a little while in all: the first items tell whether they
   * are quick sooner than a thread wakes up.
   */
  private boolean stayAwake() {
    if (sleepless <= 0) {
      return false;
    }
    long begun = System.nanoTime();
    long spent = 0;
    awake = true;
    while (ring.isFull() && !finished() && spent < sleepless) {
      Thread.onSpinWait();
      spent = System.nanoTime() - begun;
    }
    awake = false;
    sleepless -= spent;
    return !ring.isFull();
  }

  private void sleep() {
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

  /** The life of a thread of the pool in this call. */
  private void work() {
    try {
      come();
      Worker worker = worker();
      while (next(worker)) {
        work(worker);
      }
    } catch (InterruptedException e) {
      over = true;
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      leave();
    }
  }

  private void come() {
    lock.lock();
    try {
      threads.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  private Worker worker() {
    Worker worker =
        new Worker(ring, (item, rows) -> task.run(scope, item, rows), new Outbox(this::pass, turn));
    crew.add(worker);
    return worker;
  }

  private void work(Worker worker) {
    if (!worker.work(this::finished)) {
      stop();
    }
    if (watch == null && ring.isQuick()) {
      watch();
    }
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
    if (!ring.isQuick()) {
      return false;
    }
    lock.lock();
    try {
      joined = !all();
      return joined;
    } finally {
      lock.unlock();
    }
  }

  /** Works on what is there like a worker, rather than wait for others to do it. */
  private void help(BooleanSupplier enough) {
    try {
      own = own == null ? worker() : own;
      while (!finished() && !enough.getAsBoolean()) {
        if (own.take(CORES) == 0) {
          break;
        }
        work(own);
      }
      own.outbox().flush();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable thrown) {
    failure.compareAndSet(null, thrown);
    stop();
  }

  /** Nothing more is wanted: whoever waits for a time or a row that never comes stops, too. */
  private void stop() {
    over = true;
    scope.query().cancel();
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

  /** Gets items for a worker, waiting for them; false when there will be none. */
  private boolean next(Worker worker) throws InterruptedException {
    int spins = 0;
    while (!finished()) {
      // Asked before looking: what the producer gave last is then there to be found.
      boolean last = ended;
      if (take(worker)) {
        taken();
        return true;
      }
      worker.outbox().flush();
      if (last) {
        return false;
      }
      if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        awaitItems();
      }
    }
    worker.outbox().flush();
    return false;
  }

  /** Where items take their time, no worker keeps those that another could begin. */
  private boolean take(Worker worker) {
    boolean quick = ring.isQuick();
    if (worker.take(quick ? CORES : workers) > 0) {
      return true;
    }
    if (!quick) {
      for (Worker other : crew) {
        if (other != worker && worker.takeFrom(other)) {
          return true;
        }
      }
    }
    return false;
  }

  private void taken() {
    boolean woken = waking;
    if (woken) {
      waking = false;
    }
    if (woken && !awake && ring.size() > 0) {
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
      ring.show();
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
    try {
      boolean wanted = out.row(row);
      if (!wanted) {
        stop();
      }
      return wanted;
    } catch (RuntimeException | Error e) {
      // Said while nobody else can pass on a row: whoever failed is not given more.
      fail(e);
      throw e;
    }
  }

  /** Nothing waits long for an item that takes its time: neither rows nor other items. */
  private void tick() {
    try {
      look();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void look() {
    ring.show();
    boolean stuck = ring.isStuck();
    for (Worker worker : crew) {
      stuck |= worker.isStuck();
      Outbox outbox = worker.outbox();
      if (outbox.isStale()) {
        pool.execute(() -> flush(outbox));
      }
    }
    if (stuck) {
      ring.quick(false);
      wake();
    }
  }

  private void flush(Outbox outbox) {
    try {
      outbox.flush();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** No more items come: lets the workers finish, and waits for them. */
  private void end() {
    ring.show();
    ended = true;
    if (joins()) {
      help(() -> false);
      joined = false;
    }
    boolean interrupted = false;
    lock.lock();
    more.signalAll();
    lock.unlock();
    long begun = System.nanoTime();
    while (live > 0 && ring.isQuick() && System.nanoTime() - begun < AWAKE_NANOS) {
      Thread.onSpinWait();
    }
    lock.lock();
    try {
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
