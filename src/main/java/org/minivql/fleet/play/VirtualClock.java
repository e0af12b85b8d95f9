package org.minivql.fleet.play;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.minivql.fleet.source.FleetException;
import org.minivql.registry.event.Rule;
import org.minivql.spi.Pauses;
import org.minivql.value.Scope;

/**
 * A clock that stands still until it is moved, and never goes back. Queries that wait for a time go
 * on when it is reached, one after the other, before the clock moves further.
 */
public final class VirtualClock extends Clock implements Pauses {
  private static final long PATIENCE_SECONDS = 60;
  private static final long LOOK_MILLIS = 50;

  private record Sleeper(Instant due, long number, Rule rule, CountDownLatch over) {}

  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(Comparator.comparing(Sleeper::due).thenComparingLong(Sleeper::number));
  private long number;
  private volatile Instant now;

  VirtualClock(Instant start) {
    this.now = start;
  }

  /**
   * Moves to a time; an earlier one leaves the clock where it is.
   *
   * @param settle is called whenever a query that waited waits again or is over
   */
  void moveTo(Instant time, Runnable settle) {
    for (Sleeper next = due(time); next != null; next = due(time)) {
      now = next.due().isAfter(now) ? next.due() : now;
      next.rule().busy();
      next.over().countDown();
      try {
        if (!next.rule().awaitReady(PATIENCE_SECONDS)) {
          throw new FleetException("the rule " + next.rule().name() + " does not wait again");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FleetException("interrupted");
      }
      settle.run();
    }
    if (time.isAfter(now)) {
      now = time;
    }
  }

  private Sleeper due(Instant time) {
    synchronized (sleepers) {
      Sleeper next = sleepers.peek();
      return next == null || next.due().isAfter(time) ? null : sleepers.poll();
    }
  }

  /** Waits for the clock; what happens while an event is handled takes no time. */
  @Override
  public boolean pause(Scope scope, Duration duration) {
    Rule rule = Rule.of(scope);
    if (rule.current() != null || duration.isZero()) {
      return scope.alive();
    }
    Sleeper sleeper;
    synchronized (sleepers) {
      sleeper = new Sleeper(now.plus(duration), number++, rule, new CountDownLatch(1));
      sleepers.add(sleeper);
    }
    rule.ready();
    try {
      while (scope.alive() && !sleeper.over().await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        // Looks now and then whether the run goes on at all.
        Thread.onSpinWait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      synchronized (sleepers) {
        sleepers.remove(sleeper);
      }
    }
    return scope.alive();
  }

  /** Waiting goes on by this clock though the one of the programs is mocked. */
  @Override
  public Instant now(Scope scope) {
    return now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
