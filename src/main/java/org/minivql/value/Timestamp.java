package org.minivql.value;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Objects;

/**
 * A point in time and the zone it is shown in. Two timestamps of the same instant are equal to VQL
 * whatever their zones.
 *
 * @since 0.1.0
 */
public record Timestamp(Instant instant, ZoneId zone) implements Comparable<Timestamp> {
  private static final Instant FIRST = LocalDateTime.MIN.toInstant(ZoneOffset.MIN);
  private static final Instant LAST = LocalDateTime.MAX.toInstant(ZoneOffset.MAX);
  private static final DateTimeFormatter RFC3339 =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendOffset("+HH:MM", "Z")
          .toFormatter(Locale.ROOT);

  /**
   * Checks that both parts are there; an instant that no calendar can show is the last that can.
   */
  public Timestamp {
    Objects.requireNonNull(instant, "instant");
    Objects.requireNonNull(zone, "zone");
    if (instant.isBefore(FIRST)) {
      instant = FIRST;
    } else if (instant.isAfter(LAST)) {
      instant = LAST;
    }
  }

  /** An instant shown in UTC. */
  public static Timestamp utc(Instant instant) {
    return new Timestamp(instant, ZoneOffset.UTC);
  }

  /** Whole seconds since the epoch, shown in UTC. */
  public static Timestamp ofEpochSecond(long seconds) {
    return utc(
        Instant.ofEpochSecond(
            Math.max(FIRST.getEpochSecond(), Math.min(LAST.getEpochSecond(), seconds))));
  }

  /** The same as rows show it: in UTC where it has no zone but an offset that was read with it. */
  public Timestamp shown() {
    return zone instanceof ZoneOffset && !zone.equals(ZoneOffset.UTC) ? utc(instant) : this;
  }

  /** Date and time in the timestamp's zone. */
  public ZonedDateTime dateTime() {
    return instant.atZone(zone);
  }

  /** RFC 3339 text with as many fractional digits as needed. */
  public String rfc3339() {
    return RFC3339.format(dateTime());
  }

  @Override
  public int compareTo(Timestamp other) {
    return instant.compareTo(other.instant);
  }

  @Override
  public String toString() {
    return rfc3339();
  }
}
