package org.minivql.value.time;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import org.minivql.value.Absent;
import org.minivql.value.NamedNumber;
import org.minivql.value.Timestamp;

/** The members of a timestamp. */
public final class TimeMembers {
  private static final DateTimeFormatter TEXT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern(" xx ")
          .toFormatter(Locale.ROOT);

  private TimeMembers() {}

  /** {@code 1970-01-01 00:16:40 +0000 UTC}. */
  public static String text(Timestamp time) {
    return TEXT.format(time.dateTime()) + zoneName(time);
  }

  private static String zoneName(Timestamp time) {
    if (time.zone().equals(ZoneOffset.UTC) || time.zone().getId().equals("UTC")) {
      return "UTC";
    }
    return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time.dateTime());
  }

  public static Object get(Timestamp time, String name) {
    ZonedDateTime at = time.dateTime();
    return switch (name) {
      case "Day" -> (long) at.getDayOfMonth();
      case "Hour" -> (long) at.getHour();
      case "ISOWeek" -> (long) at.get(IsoFields.WEEK_BASED_YEAR);
      case "IsDST" -> time.zone().getRules().isDaylightSavings(time.instant());
      case "IsZero" -> time.instant().getEpochSecond() == -62135596800L && at.getNano() == 0;
      case "Minute" -> (long) at.getMinute();
      case "Month" -> new NamedNumber(at.getMonthValue(), name(at.getMonth()));
      case "Nanosecond" -> (long) at.getNano();
      case "Second" -> (long) at.getSecond();
      case "String", "GoString" -> text(time);
      case "UTC" -> Timestamp.utc(time.instant());
      case "Local" -> time;
      case "Unix" -> time.instant().getEpochSecond();
      case "UnixMilli" -> scaled(time, 1_000L);
      case "UnixMicro" -> scaled(time, 1_000_000L);
      case "UnixNano" -> scaled(time, 1_000_000_000L);
      case "Weekday" -> new NamedNumber(at.getDayOfWeek().getValue() % 7, name(at.getDayOfWeek()));
      case "Year" -> (long) at.getYear();
      case "YearDay" -> (long) at.getDayOfYear();
      case "Zone", "Location" -> zoneName(time);
      case "Clock" -> List.of((long) at.getHour(), (long) at.getMinute(), (long) at.getSecond());
      case "Date" ->
          List.of((long) at.getYear(), (long) at.getMonthValue(), (long) at.getDayOfMonth());
      case "MarshalText" -> time.rfc3339();
      default -> Absent.ABSENT;
    };
  }

  private static long scaled(Timestamp time, long perSecond) {
    return time.instant().getEpochSecond() * perSecond
        + time.instant().getNano() / (1_000_000_000L / perSecond);
  }

  private static String name(Month month) {
    return month.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }
}
