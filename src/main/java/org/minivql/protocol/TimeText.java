package org.minivql.protocol;

import java.time.temporal.ChronoUnit;
import org.minivql.value.Absent;
import org.minivql.value.Protocol;
import org.minivql.value.Scope;
import org.minivql.value.Timestamp;
import org.minivql.value.time.Times;

/**
 * Times: true after 1970, compared with text that is a date, {@code .String} in RFC 3339 without
 * fractions.
 */
public final class TimeText implements Protocol {
  /** The protocol. */
  public TimeText() {}

  @Override
  public Object truth(Scope scope, Object value) {
    return value instanceof Timestamp time ? time.instant().getEpochSecond() > 0 : PASS;
  }

  @Override
  public Object less(Scope scope, Object a, Object b) {
    return compare(scope, a, b, -1);
  }

  @Override
  public Object greater(Scope scope, Object a, Object b) {
    return compare(scope, a, b, 1);
  }

  private static Object compare(Scope scope, Object a, Object b, int wanted) {
    boolean apply =
        a instanceof Timestamp && b instanceof String
            || a instanceof String && b instanceof Timestamp;
    if (!apply) {
      return PASS;
    }
    Timestamp x = a instanceof Timestamp time ? time : Times.parse(scope, a);
    Timestamp y = b instanceof Timestamp time ? time : Times.parse(scope, b);
    return x != null && y != null && Integer.signum(x.compareTo(y)) == wanted;
  }

  @Override
  public Object get(Scope scope, Object a, Object key) {
    if (!(a instanceof Timestamp time && key instanceof String name)) {
      return PASS;
    }
    if (!Times.MEMBERS.contains(name)) {
      return Absent.ABSENT;
    }
    return name.equals("String")
        ? Timestamp.utc(time.instant().truncatedTo(ChronoUnit.SECONDS)).rfc3339()
        : PASS;
  }
}
