package org.minivql.registry.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/**
 * A query waiting for the events of a queue.
 *
 * <p>The query's own thread only waits. The thread that delivers an event runs the query's pipeline
 * itself, so when it has delivered, the query is done with the event, and no event costs a change
 * of threads. The lock makes what one thread did visible to the other.
 *
 * <p>Where threads take turns and the query may have to wait before it is done with an event, it is
 * given the event to handle it on its own thread: who delivers must be able to go on.
 */
final class Watch {
  private static final long LOOK_MILLIS = 50;

  private record Given(Event event, Shape shape) {}

  private final String queue;
  private final Rule rule;
  private final BooleanSupplier alive;
  private final Sink out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition finished = lock.newCondition();
  private final Deque<Given> given = new ArrayDeque<>();
  private volatile boolean done;
  private RuntimeException failure;
  private Error error;
  private Event budgetRoot;
  private long recursions;

  Watch(String queue, Rule rule, BooleanSupplier alive, Sink out) {
    this.queue = queue;
    this.rule = rule;
    this.alive = alive;
    this.out = out;
  }

  String queue() {
    return queue;
  }

  Rule rule() {
    return rule;
  }

  /** Waits until the query wants no more, is cancelled, or the bus is closed. */
  void await() {
    if (rule.turns() == null) {
      awaitFinish();
    } else {
      handleAll(rule.turns());
    }
    if (failure != null) {
      throw failure;
    }
    if (error != null) {
      throw error;
    }
  }

  private void awaitFinish() {
    lock.lock();
    try {
      while (!done && alive.getAsBoolean()) {
        finished.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      done = true;
    } catch (InterruptedException e) {
      done = true;
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void handleAll(Turns turns) {
    while (wanted()) {
      Given next = given.poll();
      if (next == null) {
        turns.await(() -> !wanted() || !given.isEmpty());
      } else {
        handle(next.event(), next.shape());
      }
    }
    done = true;
  }

  private boolean wanted() {
    return !done && alive.getAsBoolean();
  }

  /** Ends the wait. */
  void finish() {
    lock.lock();
    try {
      done = true;
      finished.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Gives an event to the query's own thread. */
  void give(Event event, Shape shape) {
    if (wanted()) {
      given.add(new Given(event, shape));
    }
  }

  /**
   * Lets the query handle one event, unless it was cancelled: what its own thread has not noticed
   * yet counts all the same.
   *
   * @return whether the query has had enough with it
   */
  boolean deliver(Event event, Shape shape) {
    lock.lock();
    try {
      boolean handles = wanted();
      if (handles) {
        handle(event, shape);
      }
      if (handles && done) {
        rule.busy();
        finished.signalAll();
      }
      return handles && done;
    } finally {
      lock.unlock();
    }
  }

  private void handle(Event event, Shape shape) {
    rule.handling(event);
    try {
      if (!out.row(shape == null ? event.live() : event.live(shape))) {
        done = true;
      }
    } catch (RuntimeException e) {
      // It belongs to the query, not to whoever caused the event.
      failure = e;
      done = true;
    } catch (Error e) {
      error = e;
      done = true;
    }
  }

  /**
   * Counts events that this query was the cause of at least twice over, within what one outside
   * event set off; an endless loop is the only way to many of them.
   */
  boolean loops(Event event, long limit) {
    int own = 0;
    Event root = event;
    for (Event e = event; e != null; e = e.cause()) {
      root = e;
      if (rule.name() != null && rule.name().equals(e.origin().rule())) {
        own++;
      }
    }
    if (root != budgetRoot) {
      budgetRoot = root;
      recursions = 0;
    }
    return own >= 2 && ++recursions > limit;
  }
}
