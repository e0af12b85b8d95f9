package org.minivql.registry.event;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.minivql.value.Scope;

/**
 * One running event query: its name and the event it is handling. A host that runs rules gives each
 * run its own as a service; a query run without one gets a nameless rule.
 *
 * <p>A rule is ready while it waits for something to happen, and when it is over. Whoever makes
 * something happen waits until it is ready again. Where its threads take {@link Turns}, they are
 * what tells when it is, whatever the rule has going on; where not, a rule may work beside.
 *
 * @since 0.1.0
 */
public final class Rule {
  private final String name;
  private final Mentions mentions;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition isReady = lock.newCondition();
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private final Turns turns;
  private final boolean waits;
  private volatile Runnable stuck = () -> {};
  private boolean ready;
  private volatile Event current;
  private volatile long eventsSeen;

  /**
   * A rule that is about to run.
   *
   * @param name {@code Artifact} or {@code Artifact/Source}; null for an ad hoc query
   */
  public Rule(String name) {
    this(name, Mentions.NONE, null, false);
  }

  /**
   * A rule whose threads take turns.
   *
   * @param name {@code Artifact} or {@code Artifact/Source}; null for an ad hoc query
   * @param mentions what its text mentions
   * @param turns those of its threads, and of whoever else works in its world
   * @param waits whether it may have to wait for something before it is done with an event
   */
  public Rule(String name, Mentions mentions, Turns turns, boolean waits) {
    this.name = name;
    this.mentions = mentions;
    this.turns = turns;
    this.waits = waits;
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

  /** The turns that its threads take; null where they just run. */
  Turns turns() {
    return turns;
  }

  /** Whether it may have to wait for something before it is done with an event. */
  boolean waits() {
    return waits;
  }

  /** Has something done when the rule waits for what can never happen. */
  public void whenStuck(Runnable action) {
    stuck = action;
  }

  /** Called when the rule waits for what can never happen. */
  void stuck() {
    stuck.run();
  }

  /** Called when the query waits for something or is over: whoever waits for it may go on. */
  public void ready() {
    set(true);
  }

  /** Called when a wait of the query has ended, before its thread goes on. */
  public void busy() {
    set(false);
  }

  private void set(boolean value) {
    lock.lock();
    try {
      ready = value;
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

  /** A watch of the rule begins to handle an event; only one at a time does. */
  void handling(Event event) {
    current = event;
    eventsSeen = eventsSeen + 1;
  }

  /** The event and all that the rule does because of it is done. */
  public void handled() {
    current = null;
  }
}
