package org.minivql.fleet;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved, and never goes back. */
final class VirtualClock extends Clock {
  private volatile Instant now;

  VirtualClock(Instant start) {
    this.now = start;
  }

  /** Moves to a time; an earlier one leaves the clock where it is. */
  void moveTo(Instant time) {
    if (time.isAfter(now)) {
      now = time;
    }
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
