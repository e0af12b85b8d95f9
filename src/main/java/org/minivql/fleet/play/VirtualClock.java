package org.minivql.fleet.play;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.minivql.fleet.source.FleetException;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.Rule;
import org.minivql.registry.event.Turns;
import org.minivql.spi.Pauses;
import org.minivql.value.Scope;

/**
 * A clock that stands still until it is moved, and never goes back. Queries that wait for a time go
 * on when it is reached, one after the other, before the clock moves further.
 */
public final class VirtualClock extends Clock implements Pauses {
  private static final long PATIENCE_SECONDS = 60;

  /** What is waited for so often within one event is something that takes time to come. */
  private static final int MOST_AT_ONCE = 1000;

  private static final class Sleeper {
    private final Instant due;
    private final long number;
    private final Rule rule;
    private boolean over;

    Sleeper(Instant due, long number, Rule rule) {
      this.due = due;
      this.number = number;
      this.rule = rule;
    }
  }

  private final Turns turns;
  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(
          Comparator.<Sleeper, Instant>comparing(s -> s.due).thenComparingLong(s -> s.number));
  private long number;
  private Event during;
  private int waitedDuring;
  private volatile Instant now;

  /**
   * A clock that shows a time.
   *
   * @param turns those that the threads take that wait for the clock
   */
  VirtualClock(Instant start, Turns turns) {
    this.now = start;
    this.turns = turns;
  }

  /**
   * Moves to a time; an earlier one leaves the clock where it is.
   *
   * @param settle is called whenever a query that waited waits again or is over
   */
  void moveTo(Instant time, Runnable settle) {
    for (Sleeper next = due(time); next != null; next = due(time)) {
      now = next.due.isAfter(now) ? next.due : now;
      next.over = true;
      if (!turns.settle(PATIENCE_SECONDS)) {
        throw new FleetException("the rule " + next.rule.name() + " does not wait again");
      }
      next.rule.handled();
      settle.run();
    }
    if (time.isAfter(now)) {
      now = time;
    }
  }

  private Sleeper due(Instant time) {
    synchronized (sleepers) {
      Sleeper next = sleepers.peek();
      return next == null || next.due.isAfter(time) ? null : sleepers.poll();
    }
  }

  /**
   * Waits for the clock. What a query does because of an event takes no time, nor does what is
   * asked on the thread that moves the clock, such as a precondition; only what goes on beside it
   * does, and what waits again and again.
   */
  @Override
  public boolean pause(Scope scope, Duration duration) {
    if (!duration.isZero() && takesTime(Rule.of(scope).current())) {
      await(scope, () -> !scope.alive(), now.plus(duration));
    }
    return scope.alive();
  }

  private boolean takesTime(Event event) {
    if (turns.isBeside() || event == null && !turns.isConductor()) {
      return true;
    }
    waitedDuring = event == during ? waitedDuring + 1 : 1;
    during = event;
    return waitedDuring > MOST_AT_ONCE;
  }

  /** Waits for a time, or for something else. */
  void await(Scope scope, BooleanSupplier until, Instant latest) {
    Sleeper sleeper;
    synchronized (sleepers) {
      sleeper = new Sleeper(latest, number++, Rule.of(scope));
      sleepers.add(sleeper);
    }
    try {
      turns.await(() -> sleeper.over || until.getAsBoolean());
    } finally {
      synchronized (sleepers) {
        sleepers.remove(sleeper);
      }
    }
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
