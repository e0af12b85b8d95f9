package org.minivql.registry.event;

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
 */
final class Watch {
  private static final long LOOK_MILLIS = 50;

  private final String queue;
  private final Rule rule;
  private final BooleanSupplier alive;
  private final Sink out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition finished = lock.newCondition();
  private boolean done;
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
    if (failure != null) {
      throw failure;
    }
    if (error != null) {
      throw error;
    }
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

  /**
   * Lets the query handle one event, unless it was cancelled: what its own thread has not noticed
   * yet counts all the same.
   *
   * @return whether the query has had enough with it
   */
  boolean deliver(Event event, Shape shape) {
    lock.lock();
    try {
      return !done && alive.getAsBoolean() && ends(event, shape);
    } finally {
      lock.unlock();
    }
  }

  private boolean ends(Event event, Shape shape) {
    try {
      rule.handling(event);
      done = !out.row(shape == null ? event.live() : event.live(shape));
    } catch (RuntimeException e) {
      // It belongs to the query, not to whoever caused the event.
      failure = e;
      done = true;
    } catch (Error e) {
      error = e;
      done = true;
    } finally {
      rule.handling(null);
      if (done) {
        rule.busy();
        finished.signalAll();
      }
    }
    return done;
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
