package org.minivql.builtin.artifact;

import java.time.Duration;
import java.time.Instant;
import org.minivql.value.Scope;

/** When a collection has taken too long, as a whole or without a row. */
final class Deadlines {
  private static final double NANOS = 1e9;

  private final Scope scope;
  private final double whole;
  private final double silence;
  private final Instant start;
  private Instant last;
  private String over = "";

  /** Limits in seconds; 0 for none. */
  Deadlines(Scope scope, double whole, double silence) {
    this.scope = scope;
    this.whole = whole;
    this.silence = silence;
    this.start = scope.clock().instant();
    this.last = start;
  }

  /**
   * Looks at the time when a row comes, or a source ends; false when it is over, which is logged.
   */
  synchronized boolean go() {
    if (!over.isEmpty()) {
      return false;
    }
    Instant now = scope.clock().instant();
    double limit = past(start, now, whole) ? whole : past(last, now, silence) ? silence : 0;
    last = now;
    if (limit == 0) {
      return true;
    }
    String seconds = limit == Math.rint(limit) ? Long.toString((long) limit) : "" + limit;
    over = "Query timed out after " + seconds + " seconds";
    scope.log("ERROR:" + over);
    return false;
  }

  private static boolean past(Instant from, Instant now, double seconds) {
    return seconds > 0 && Duration.between(from, now).toNanos() > seconds * NANOS;
  }
}
