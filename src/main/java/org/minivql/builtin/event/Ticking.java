package org.minivql.builtin.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Pauses;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Displayed;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.Spans;
import org.minivql.value.Timestamp;
import org.minivql.value.time.Times;

/** Time as a source of rows. */
final class Ticking {
  private Ticking() {}

  @VqlPlugin(
      name = "clock",
      doc = "The current time, again and again; the columns are the members of a time.",
      examples = "SELECT Unix > 0 AS A FROM clock(ms=1) LIMIT 2 => [{\"A\":true},{\"A\":true}]",
      endless = true)
  static void clock(
      CallContext context,
      Sink out,
      @Arg("The time of the first row; a past one is at once.") Object start,
      @Arg("Seconds between rows; 1 where nothing is said.") long period,
      @Arg("Milliseconds between rows, added to the seconds.") long ms) {
    Scope scope = context.scope();
    Duration wait = Spans.seconds(period).plus(Spans.millis(ms));
    if (wait.isZero()) {
      wait = Duration.ofSeconds(1);
    }
    if (start != null && start != Absent.ABSENT) {
      Timestamp first = Times.parse(scope, start);
      if (first == null) {
        throw new ArgumentException("start is not a time");
      }
      Instant now = Pauses.time(scope);
      if (first.instant().isAfter(now) && !scope.pause(Duration.between(now, first.instant()))) {
        return;
      }
      if (!out.row(Tick.of(scope))) {
        return;
      }
    }
    while (scope.pause(wait)) {
      if (!out.row(Tick.of(scope))) {
        return;
      }
    }
  }

  /** A time as a row, whose columns are its members. */
  private record Tick(Scope scope, Timestamp time) implements Members, Displayed {
    static Tick of(Scope scope) {
      return new Tick(scope, Timestamp.utc(Pauses.time(scope)));
    }

    @Override
    public Object member(String name) {
      return scope.operators().get(scope, time, name);
    }

    @Override
    public List<String> memberNames() {
      return Times.MEMBERS;
    }

    @Override
    public Object display() {
      return time;
    }
  }
}
