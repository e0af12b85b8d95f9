package org.minivql.registry.event;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.minivql.value.Scope;

/**
 * One running event query: its name and the event it is handling. A host that runs rules gives each
 * run its own as a service; a query run without one gets a nameless rule.
 *
 * <p>A rule is ready while it waits for something to happen, and when it is over. Whoever makes
 * something happen waits until it is ready again, so that nothing depends on how fast threads are.
 *
 * @since 0.1.0
 */
public final class Rule {
  private final String name;
  private final Mentions mentions;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition isReady = lock.newCondition();
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private final Map<Thread, BooleanSupplier> branches = new ConcurrentHashMap<>();
  private boolean ready;
  private boolean asked;
  private boolean over;
  private int beginning;
  private volatile Event current;
  private volatile long eventsSeen;

  /**
   * A rule that is about to run.
   *
   * @param name {@code Artifact} or {@code Artifact/Source}; null for an ad hoc query
   */
  public Rule(String name) {
    this(name, Mentions.NONE);
  }

  /**
   * A rule that is about to run.
   *
   * @param name {@code Artifact} or {@code Artifact/Source}; null for an ad hoc query
   * @param mentions what its text mentions
   */
  public Rule(String name, Mentions mentions) {
    this.name = name;
    this.mentions = mentions;
  }

  /** The rule that a scope belongs to. */
  public static Rule of(Scope scope) {
    Rule rule = scope.service(Rule.class);
    return rule != null ? rule : scope.runState(Rule.class, () -> new Rule(null));
  }

  /** The rule's name, or null. */
  public String name() {
    return name;
  }

  /** What its text mentions. */
  public Mentions mentions() {
    return mentions;
  }

  /** The event being handled, or null between events. */
  public Event current() {
    return current;
  }

  /** How many events its watchers were given. */
  public long eventsSeen() {
    return eventsSeen;
  }

  /** Called when the query waits for something, or is over: whoever waits for it may go on. */
  public void ready() {
    BooleanSupplier branch = branches.get(Thread.currentThread());
    if (branch == null || branch.getAsBoolean()) {
      set(true);
    }
  }

  /**
   * Says that a thread does a part of the query's work beside others.
   *
   * @param waits is told when the thread waits for something, and answers whether with it the whole
   *     query does; null when the thread is done with its part
   * @return what was told before, or null
   */
  public BooleanSupplier branch(Thread thread, BooleanSupplier waits) {
    return waits == null ? branches.remove(thread) : branches.put(thread, waits);
  }

  /** Work beside the query begins: the query is not ready before {@link #begun} is called. */
  public void begins() {
    lock.lock();
    try {
      beginning++;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Work beside the query waits for something for the first time, or is over.
   *
   * @param waits whether with it the query waits, whatever else it does
   */
  public void begun(boolean waits) {
    lock.lock();
    try {
      beginning--;
      if (waits || asked) {
        set(true);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Called when the query is over: from now on it is ready, whichever of its waits ends. */
  public void over() {
    lock.lock();
    try {
      over = true;
      set(true);
    } finally {
      lock.unlock();
    }
  }

  /** Called when a wait of the query has ended, before its thread goes on. */
  public void busy() {
    set(false);
  }

  private void set(boolean value) {
    lock.lock();
    try {
      asked = value || over;
      ready = asked && beginning == 0;
      isReady.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the query waits for something or is over.
   *
   * @param seconds how long at most, in real time
   * @return false when neither happened
   */
  public boolean awaitReady(long seconds) throws InterruptedException {
    long left = TimeUnit.SECONDS.toNanos(seconds);
    lock.lock();
    try {
      while (!ready && left > 0) {
        left = isReady.awaitNanos(left);
      }
      return ready;
    } finally {
      lock.unlock();
    }
  }

  /** The thread is one of the query's own, which nothing can wait for. */
  void owns(Thread thread) {
    waiting.add(thread);
  }

  /**
   * Waits, on any but a thread of its own, until a query whose wait has ended waits again or is
   * over; not for ever, since a query may work beside.
   *
   * @param seconds how long at most, in real time
   */
  public void settle(long seconds) {
    if (!waiting.contains(Thread.currentThread())) {
      try {
        awaitReady(seconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Only the bus's delivering thread calls this, for one event at a time. */
  void handling(Event event) {
    current = event;
    if (event != null) {
      eventsSeen = eventsSeen + 1;
    }
  }
}
