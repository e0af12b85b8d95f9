package org.minivql.registry.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Threads that work one at a time, so that what they do is the same in every run. A thread that has
 * to wait says for what, and the one that waits longest of those that can go on does. When none
 * can, all is quiet: nothing happens any more by itself.
 *
 * <p>One thread, which lets things happen, has no turn: it works while all is quiet. Nor has a
 * thread of the application, for which nothing happens: it waits for what it does not know of.
 *
 * @since 0.1.0
 */
public final class Turns {
  private static final BooleanSupplier AT_ONCE = () -> true;

  /** How long one look of a thread of the application takes. */
  private static final long LOOK_NANOS = 5_000_000;

  /** Who goes on first of those that wait until the others wait. */
  public enum Patience {
    /** Who gives others their work, piece by piece. */
    FEEDING,
    /** Who waits until those that belong together are there. */
    GATHERING,
    /** Who makes something happen. */
    CAUSING
  }

  /** The turns of one thread. */
  public static final class Turn {
    private final boolean beside;
    private final boolean takesPart;
    private final Condition go;
    private BooleanSupplier until = AT_ONCE;
    private boolean chosen;
    private boolean inVain;

    private Turn(boolean beside, boolean takesPart, Condition go) {
      this.beside = beside;
      this.takesPart = takesPart;
      this.go = go;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Thread, Turn> turns = new ConcurrentHashMap<>();
  private final Set<Turn> waiting = new LinkedHashSet<>();
  private final List<Deque<Turn>> patient = new ArrayList<>();

  /** Who works; null while that is the thread without turns, or nobody. */
  private Turn current;

  private Runnable giveUp;
  private volatile Thread conductor;

  /** Nobody works. */
  public Turns() {
    for (int i = 0; i < Patience.values().length; i++) {
      patient.add(new ArrayDeque<>());
    }
  }

  /**
   * A turn for a thread that is about to be started: it begins when others wait. To be used by
   * {@link #run} or given back by {@link #drop}.
   *
   * @param beside whether what it does goes on beside the query, like all that it starts
   */
  public Turn fork(boolean beside) {
    Turn turn = new Turn(beside || isBeside(), true, lock.newCondition());
    lock.lock();
    try {
      waiting.add(turn);
    } finally {
      lock.unlock();
    }
    return turn;
  }

  /** Works on the calling thread, from its first turn on. */
  public void run(Turn turn, Runnable work) {
    Thread thread = Thread.currentThread();
    turns.put(thread, turn);
    lock.lock();
    try {
      awaitChoice(turn);
    } finally {
      lock.unlock();
    }
    try {
      work.run();
    } finally {
      turns.remove(thread);
      passOn();
    }
  }

  /** The thread of a turn will not come. */
  public void drop(Turn turn) {
    lock.lock();
    try {
      waiting.remove(turn);
      if (turn == current) {
        next();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the calling thread is one of those that take turns. */
  public boolean takesPart() {
    return turns.containsKey(Thread.currentThread());
  }

  /** Whether what the calling thread does goes on beside a query. */
  public boolean isBeside() {
    Turn turn = turns.get(Thread.currentThread());
    return turn != null && turn.beside;
  }

  /**
   * Waits, while others work.
   *
   * @param until whether to go on; asked often, by any thread, and only by one at a time
   */
  public void await(BooleanSupplier until) {
    while (!until.getAsBoolean()) {
      if (!step(until, null, Long.MAX_VALUE)) {
        Runnable last = giveUp;
        giveUp = null;
        if (last != null) {
          last.run();
        } else if (isConductor()) {
          throw new IllegalStateException("what is waited for cannot happen");
        } else {
          look();
        }
      }
    }
  }

  private static void look() {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted");
    }
    LockSupport.parkNanos(LOOK_NANOS);
  }

  /** Has something done by the thread that lets things happen. */
  public void conduct(Runnable play) {
    Thread before = conductor;
    conductor = Thread.currentThread();
    try {
      play.run();
    } finally {
      conductor = before;
    }
  }

  /** Whether nothing happens while the calling thread waits, since it is the one that lets it. */
  public boolean isConductor() {
    return Thread.currentThread() == conductor;
  }

  /** Waits until none of the others can go on. */
  public void settle(Patience patience) {
    step(AT_ONCE, patience, Long.MAX_VALUE);
  }

  /**
   * Waits until nobody can go on; for the thread without turns.
   *
   * @param seconds how long at most, in real time
   * @return false when one still worked after that
   */
  public boolean settle(long seconds) {
    return step(AT_ONCE, Patience.CAUSING, TimeUnit.SECONDS.toNanos(seconds));
  }

  /**
   * Does something on the thread without turns that may have to wait for what cannot happen
   * meanwhile, since this thread is the one that lets things happen.
   *
   * @param instead makes whatever waits go on then
   */
  public void risk(Runnable work, Runnable instead) {
    Runnable before = giveUp;
    giveUp = instead;
    try {
      work.run();
    } finally {
      giveUp = before;
    }
  }

  /** Lets others work until it is this thread's turn again; false when that will never be. */
  private boolean step(BooleanSupplier until, Patience patience, long nanos) {
    Turn own = turns.get(Thread.currentThread());
    Turn turn = own == null ? new Turn(false, false, lock.newCondition()) : own;
    lock.lock();
    try {
      turn.until = until;
      if (patience == null) {
        waiting.add(turn);
      } else {
        patient.get(patience.ordinal()).push(turn);
      }
      if (own != null || current == null) {
        next();
      }
      boolean came = nanos == Long.MAX_VALUE ? awaitChoice(turn) : awaitChoice(turn, nanos);
      if (own == null && current == turn) {
        current = null;
      }
      return came;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitChoice(Turn turn) {
    while (!turn.chosen) {
      turn.go.awaitUninterruptibly();
    }
    turn.chosen = false;
    return !turn.inVain;
  }

  private boolean awaitChoice(Turn turn, long nanos) {
    boolean interrupted = false;
    long end = System.nanoTime() + nanos;
    while (!turn.chosen) {
      try {
        if (turn.go.awaitNanos(end - System.nanoTime()) <= 0 && !turn.chosen) {
          patient.get(Patience.CAUSING.ordinal()).remove(turn);
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    boolean came = turn.chosen;
    turn.chosen = false;
    return came;
  }

  private void passOn() {
    lock.lock();
    try {
      next();
    } finally {
      lock.unlock();
    }
  }

  /** Chooses who works now; to be called with the lock. */
  private void next() {
    current = choose();
    if (current != null) {
      current.chosen = true;
      current.go.signal();
    }
  }

  private Turn choose() {
    for (Iterator<Turn> turns = waiting.iterator(); turns.hasNext(); ) {
      Turn turn = turns.next();
      if (turn.until.getAsBoolean()) {
        turns.remove();
        return turn;
      }
    }
    for (Deque<Turn> stack : patient) {
      if (!stack.isEmpty()) {
        return stack.pop();
      }
    }
    return inVain();
  }

  /** The thread without turns, where that waits for others and none of them can go on. */
  private Turn inVain() {
    for (Turn turn : waiting) {
      if (!turn.takesPart) {
        waiting.remove(turn);
        turn.inVain = true;
        return turn;
      }
    }
    return null;
  }
}
