package org.minivql.value.time;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.minivql.value.Absent;
import org.minivql.value.IntegerText;
import org.minivql.value.Scope;
import org.minivql.value.Timestamp;
import org.minivql.value.Unsigned;
import org.minivql.value.Values;

/**
 * Turns what VQL accepts as a time into a {@link Timestamp}.
 *
 * @since 0.1.0
 */
public final class Times {
  /** The first of January of year 1: the time that stands for no time. */
  public static final Timestamp ZERO = Timestamp.utc(Instant.parse("0001-01-01T00:00:00Z"));

  /** The members of a time that have a use in a query, by name. */
  public static final List<String> MEMBERS =
      List.of(
          "Day",
          "Hour",
          "ISOWeek",
          "IsDST",
          "IsZero",
          "Minute",
          "Month",
          "Nanosecond",
          "Second",
          "String",
          "UTC",
          "Unix",
          "UnixMicro",
          "UnixMilli",
          "UnixNano",
          "Weekday",
          "Year",
          "YearDay",
          "Zone");

  private static final long NANOS_FROM = 20_000_000_000_000_000L;
  private static final long MICROS_FROM = 20_000_000_000_000L;
  private static final long MILLIS_FROM = 20_000_000_000L;

  private static final Map<String, String> FIXED =
      Map.of("EST", "-05:00", "MST", "-07:00", "HST", "-10:00");

  private Times() {}

  /**
   * The time a value stands for, shown in UTC. Integers are seconds, milli-, micro- or nanoseconds
   * by their magnitude; floats are seconds; a text is an integer or a date in one of many shapes,
   * read in the zone of {@link #zone}; 0 and the empty text are {@link #ZERO}.
   *
   * @return null where the value is no time
   */
  public static Timestamp parse(Scope scope, Object raw) {
    Object value = Values.reduce(raw);
    if (value instanceof Timestamp time) {
      return Timestamp.utc(time.instant());
    }
    if (value instanceof Long number) {
      return ofNumber(number);
    }
    if (value instanceof Boolean bool) {
      return ofNumber(bool ? 1 : 0);
    }
    if (value instanceof Unsigned nanos) {
      return ofNanos(nanos.longValue());
    }
    if (value instanceof Double seconds) {
      return ofSeconds(seconds);
    }
    return value instanceof String text ? parse(scope, text) : null;
  }

  private static Timestamp parse(Scope scope, String text) {
    if (text.isEmpty()) {
      return ZERO;
    }
    BigInteger number = IntegerText.parse(text);
    if (number != null && number.bitLength() < Long.SIZE) {
      return ofNumber(number.longValue());
    }
    Instant instant = DateText.parse(text, zone(scope));
    if (instant == null && scope.resolve("DEBUG") != Absent.ABSENT) {
      scope.log("Not a time: " + text);
    }
    return instant == null ? null : Timestamp.utc(instant);
  }

  /**
   * The time of a number whose magnitude tells its unit; 0 is {@link #ZERO}, negative numbers are
   * seconds.
   */
  public static Timestamp ofNumber(long number) {
    if (number == 0) {
      return ZERO;
    }
    long perSecond =
        number > NANOS_FROM
            ? 1_000_000_000
            : number > MICROS_FROM ? 1_000_000 : number > MILLIS_FROM ? 1_000 : 1;
    long nanos = number % perSecond * (1_000_000_000 / perSecond);
    if (number < Instant.MIN.getEpochSecond()) {
      return null;
    }
    return Timestamp.utc(Instant.ofEpochSecond(number / perSecond, nanos));
  }

  private static Timestamp ofNanos(long unsigned) {
    long perSecond = 1_000_000_000;
    return Timestamp.utc(
        Instant.ofEpochSecond(
            Long.divideUnsigned(unsigned, perSecond), Long.remainderUnsigned(unsigned, perSecond)));
  }

  private static Timestamp ofSeconds(double seconds) {
    if (seconds == 0) {
      return ZERO;
    }
    if (!(Math.abs(seconds) < 3e16)) {
      return null;
    }
    long whole = (long) seconds;
    return Timestamp.utc(Instant.ofEpochSecond(whole, (long) ((seconds - whole) * 1e9)));
  }

  /**
   * The zone in which dates without one are read, and printed where a text asks for it: the
   * variable {@code PARSE_TZ} ({@code local} for the zone of the machine), else {@code TZ}, else
   * UTC. A name that does not exist is logged once a run.
   */
  public static ZoneId zone(Scope scope) {
    for (String variable : new String[] {"PARSE_TZ", "TZ"}) {
      if (Values.reduce(scope.member(variable)) instanceof String text && !text.isEmpty()) {
        return zone(scope, variable, text);
      }
    }
    return ZoneOffset.UTC;
  }

  /**
   * The zone in which times are written as JSON and CSV: that of the variable {@code TZ}; null
   * where it is not set.
   */
  public static ZoneId shownZone(Scope scope) {
    return Values.reduce(scope.member("TZ")) instanceof String text && !text.isEmpty()
        ? zone(scope, "TZ", text)
        : null;
  }

  /** The zone of this name; UTC, and a log line, where there is none. */
  public static ZoneId zone(Scope scope, String name) {
    return zone(scope, "the call", name);
  }

  private static ZoneId zone(Scope scope, String variable, String name) {
    if (name.equalsIgnoreCase("local")) {
      return ZoneId.systemDefault();
    }
    try {
      return ZoneId.of(name, FIXED);
    } catch (DateTimeException e) {
      scope.runState(
          "zone " + name,
          () -> {
            String reason = "unknown time zone " + name;
            scope.log(
                "Unable to load timezone from "
                    + variable
                    + " "
                    + name
                    + ": "
                    + reason
                    + ", using UTC");
            return Boolean.TRUE;
          });
      return ZoneOffset.UTC;
    }
  }
}
