package org.minivql.builtin.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.minivql.spi.CallContext;
import org.minivql.spi.Evaluator;
import org.minivql.spi.Pauses;
import org.minivql.value.Sink;

/**
 * When a query in a session must have ended, and how long it may give no row. Where time is that of
 * the machine a timer ends it, else its next row that comes too late.
 */
final class Deadline {
  private final CallContext context;
  private final Evaluator.Session session;
  private final double timeout;
  private final double progress;
  private final Clock clock;
  private final boolean virtual;
  private final Instant start;
  private Instant last;

  /**
   * Time that runs from now on.
   *
   * @param timeout seconds; 0 for no end
   * @param progress seconds; 0 for no end
   */
  Deadline(CallContext context, Evaluator.Session session, double timeout, double progress) {
    this.context = context;
    this.session = session;
    this.timeout = timeout;
    this.progress = progress;
    this.clock = context.scope().clock();
    this.virtual = context.scope().service(Pauses.class) != null;
    this.start = clock.instant();
    this.last = start;
  }

  /** Rows that end with the time. */
  Sink over(Sink out) {
    if (timeout <= 0 && progress <= 0) {
      return out;
    }
    set();
    return row -> {
      if (virtual && isLate()) {
        return false;
      }
      boolean more = out.row(row);
      last = clock.instant();
      if (progress > 0) {
        set();
      }
      return more;
    };
  }

  private void set() {
    if (virtual) {
      return;
    }
    double left = timeout - seconds(start);
    boolean whole = timeout > 0 && (progress <= 0 || left <= progress);
    double next = Math.max(0, whole ? left : progress);
    session.endAfter(Duration.ofMillis((long) Math.ceil(next * 1000)), () -> tell(whole));
  }

  private boolean isLate() {
    boolean whole = timeout > 0 && seconds(start) > timeout;
    boolean late = whole || progress > 0 && seconds(last) > progress;
    if (late) {
      tell(whole);
    }
    return late;
  }

  private double seconds(Instant from) {
    return Duration.between(from, clock.instant()).toMillis() / 1000.0;
  }

  private void tell(boolean whole) {
    context.log(whole ? "ended by its timeout" : "ended by its progress_timeout");
  }
}
