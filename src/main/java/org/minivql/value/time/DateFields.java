package org.minivql.value.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/** The parts of a date as they were found in a text; missing date parts are 1, missing others 0. */
final class DateFields {
  /** A part of a date. */
  enum Part {
    YEAR,
    SHORT_YEAR,
    MONTH,
    MONTH_NAME,
    DAY,
    YEAR_DAY,
    HOUR,
    MINUTE,
    SECOND,
    FRACTION,
    HALF,
    OFFSET,
    ABBREVIATION,
    IGNORED
  }

  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private final Map<Part, String> parts = new EnumMap<>(Part.class);

  /** Records a part; null is ignored. */
  void set(Part part, String text) {
    if (text != null) {
      parts.put(part, text);
    }
  }

  /**
   * The instant the parts describe.
   *
   * @param zone where the text does not say
   * @return null where the parts are no date
   */
  Instant instant(ZoneId zone) {
    try {
      LocalDate date = date();
      if (date == null) {
        return null;
      }
      LocalDateTime local = LocalDateTime.of(date, time());
      return local.atZone(zone(zone, local)).toInstant();
    } catch (DateTimeException e) {
      // A part out of its range, such as the 30th of February.
      return null;
    }
  }

  private LocalDate date() {
    int year = number(Part.YEAR, 0);
    if (parts.containsKey(Part.SHORT_YEAR)) {
      int digits = number(Part.SHORT_YEAR, 0);
      year = digits >= 69 ? 1900 + digits : 2000 + digits;
    }
    if (parts.containsKey(Part.YEAR_DAY)) {
      return Year.of(year).atDay(number(Part.YEAR_DAY, 1));
    }
    int month = number(Part.MONTH, 1);
    if (parts.containsKey(Part.MONTH_NAME)) {
      month = monthOf(parts.get(Part.MONTH_NAME));
    }
    return month == 0 ? null : LocalDate.of(year, month, number(Part.DAY, 1));
  }

  private static int monthOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < MONTHS.size(); i++) {
      String month = MONTHS.get(i);
      if (lower.equals(month)
          || lower.equals(month.substring(0, 3))
          || lower.equals("sept") && i == 8) {
        return i + 1;
      }
    }
    return 0;
  }

  private LocalTime time() {
    int hour = number(Part.HOUR, 0);
    String half = parts.get(Part.HALF);
    if (half != null) {
      if (hour > 12) {
        throw new DateTimeException("hour " + hour + " of a half day");
      }
      hour = hour % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0);
    }
    String fraction = parts.getOrDefault(Part.FRACTION, "");
    String nanos = (fraction + "000000000").substring(0, 9);
    return LocalTime.of(
        hour, number(Part.MINUTE, 0), number(Part.SECOND, 0), Integer.parseInt(nanos));
  }

  private int number(Part part, int missing) {
    String text = parts.get(part);
    return text == null ? missing : Integer.parseInt(text.trim());
  }

  private ZoneId zone(ZoneId zone, LocalDateTime local) {
    String offset = parts.get(Part.OFFSET);
    if (offset != null) {
      return offset(offset);
    }
    String name = parts.get(Part.ABBREVIATION);
    if (name == null) {
      return zone;
    }
    TimeZone known = TimeZone.getTimeZone(zone);
    for (boolean daylight : new boolean[] {false, true}) {
      if (known.getDisplayName(daylight, TimeZone.SHORT, Locale.ENGLISH).equals(name)) {
        int seconds =
            zone.getRules().getStandardOffset(local.toInstant(ZoneOffset.UTC)).getTotalSeconds();
        return ZoneOffset.ofTotalSeconds(seconds + (daylight ? known.getDSTSavings() / 1000 : 0));
      }
    }
    // An abbreviation the zone does not know says nothing about the time.
    return ZoneOffset.UTC;
  }

  private static ZoneOffset offset(String text) {
    if (text.equalsIgnoreCase("z")) {
      return ZoneOffset.UTC;
    }
    String digits = text.substring(1).replace(":", "");
    int seconds = 0;
    int unit = 3600;
    for (int i = 0; i + 2 <= digits.length(); i += 2) {
      seconds += Integer.parseInt(digits.substring(i, i + 2)) * unit;
      unit /= 60;
    }
    return ZoneOffset.ofTotalSeconds(text.charAt(0) == '-' ? -seconds : seconds);
  }
}
