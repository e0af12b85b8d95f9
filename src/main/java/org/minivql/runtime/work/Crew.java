package org.minivql.runtime.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who works in a call, who waits and who is woken. Waking a thread costs as much as many small
 * items, so one wake-up is on its way at a time; who wakes up and finds more than its own share
 * wakes the next. While items are quick, there are no more threads than cores, and the producer is
 * one of them.
 */
final class Crew {
  static final int CORES = Runtime.getRuntime().availableProcessors();

  private static final long POLL_MILLIS = 20;

  /**
   * For how long the producer waits for others without going to sleep, in all and at the end; and
   * how long after the first thread was asked for it may take to know whether items are quick.
   */
  private static final long AWAKE_NANOS = 200_000;

  /** The first items of a call: until they are done nobody knows whether items are quick. */
  private enum Trial {
    DUE,
    ON,
    OVER
  }

  private final ItemRing ring;
  private final int workers;
  private final Ending ending;
  private final Executor pool;
  private final Runnable life;
  private final ReentrantLock lock = new ReentrantLock();
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
  private volatile Trial trial = Trial.DUE;
  private volatile long trialBegun;
  private long sleepless = AWAKE_NANOS;

  /**
   * A crew of nobody.
   *
   * @param workers how many may work at once
   * @param pool gives threads
   * @param life what a thread does from when it comes until it leaves
   */
  Crew(ItemRing ring, int workers, Ending ending, Executor pool, Runnable life) {
    this.ring = ring;
    this.workers = workers;
    this.ending = ending;
    this.pool = pool;
    this.life = life;
  }

  /** Whether a thread waits for items. */
  boolean isIdle() {
    return idle > 0;
  }

  /** The producer has offered an item. */
  void offered() {
    if (!waking && (idle > 0 || !all()) && !enough()) {
      wake();
    }
  }

  /** Sees to it that one more worker looks for items. */
  void wake() {
    boolean start = false;
    lock.lock();
    try {
      if (waking || ending.isFinished() || enough() || ended && live == 0 && !joined) {
        return;
      }
      if (idle > 0) {
        waking = true;
        more.signal();
      } else if (!all()) {
        if (trial == Trial.DUE) {
          trialBegun = System.nanoTime();
          trial = Trial.ON;
        }
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
      pool.execute(life);
    } catch (RuntimeException | Error e) {
      ending.fail(e);
      lock.lock();
      left();
      lock.unlock();
    }
  }

  /** A thread that comes before it is known to be of use takes a core from those that work. */
  private boolean isTrial() {
    return trial == Trial.ON && System.nanoTime() - trialBegun < AWAKE_NANOS;
  }

  /** A worker has done what it took. */
  void worked() {
    if (trial != Trial.OVER) {
      trial = Trial.OVER;
      if (!ring.isQuick() && ring.size() > 0) {
        wake();
      }
    }
  }

  /** Whether there are as many workers as were asked for. */
  private boolean all() {
    return live + (joined ? 1 : 0) >= workers;
  }

  /** More threads than cores only take the cores from each other while items are quick. */
  private boolean enough() {
    return isTrial() || ring.isQuick() && live - idle >= (waiting ? CORES : CORES - 1) && live > 0;
  }

  /** Whether the thread of the caller is to be one of the workers now, until it parts. */
  boolean join() {
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

  /** The thread of the caller is no worker any more. */
  void part() {
    joined = false;
  }

  /** The producer waits for room. */
  void awaitRoom() {
    if (!stayAwake()) {
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
    while (ring.isFull() && !ending.isFinished() && spent < sleepless) {
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
      if (ring.isFull() && !ending.isOver()) {
        room.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ending.giveUp();
    } finally {
      waiting = false;
      lock.unlock();
    }
  }

  /** The thread of a worker is there. */
  void come() {
    lock.lock();
    try {
      threads.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  /** The thread of a worker ends. */
  void leave() {
    lock.lock();
    try {
      threads.remove(Thread.currentThread());
      left();
    } finally {
      lock.unlock();
    }
  }

  /** A thread does not come, or has gone; to be called with the lock. */
  private void left() {
    waking = false;
    live--;
    room.signalAll();
    more.signalAll();
    gone.signalAll();
  }

  /** A worker has taken items. */
  void taken() {
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

  /** A worker waits for items. */
  void awaitItems() throws InterruptedException {
    lock.lock();
    try {
      idle++;
      // This one is back; whether the producer wakes it or another is decided anew.
      waking = false;
      ring.show();
      if (ring.size() == 0 && !ended && !ending.isOver()) {
        more.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
    } finally {
      idle--;
      lock.unlock();
    }
  }

  /** The producer has offered its last item. */
  void end() {
    ended = true;
    while (isTrial() && ring.size() > 0 && !ending.isFinished()) {
      Thread.onSpinWait();
    }
    if (ring.size() > 0) {
      wake();
    }
  }

  /** Whether no more items come than those that are there. */
  boolean hasEnded() {
    return ended;
  }

  /** Waits until all threads have left. */
  void awaitLeave() {
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
          ending.giveUp();
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
