package org.minivql.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.minivql.value.Timestamp;

/** Times written as RFC 3339 prescribes. */
public final class Rfc3339 {
  private static final int LONGEST_UTC = 30;

  private Rfc3339() {}

  /** The time, in the zone of its offset; null where the text is anything else. */
  public static Timestamp parse(String text) {
    int zone = text.endsWith("Z") ? 1 : 6;
    boolean whole =
        text.length() >= 19 + zone
            && text.charAt(4) == '-'
            && text.charAt(10) == 'T'
            && (zone == 1 || "+-".indexOf(text.charAt(text.length() - 6)) >= 0);
    if (!whole) {
      return null;
    }
    if (zone == 1 && text.length() <= LONGEST_UTC) {
      Timestamp time = utc(text);
      if (time != null) {
        return time;
      }
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return new Timestamp(time.toInstant(), time.getOffset());
    } catch (DateTimeException e) {
      // Almost a time: it stays what it is, a string.
      return null;
    }
  }

  /** The common form without an offset; null where it takes a closer look. */
  private static Timestamp utc(String text) {
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int end = text.length() - 1;
    boolean fits =
        text.charAt(7) == '-'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && (end == 19 || end > 20 && text.charAt(19) == '.')
            && year > 0
            && month > 0
            && month <= 12
            && day > 0
            && day <= 28
            && hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second < 60;
    int nanos = end == 19 ? 0 : fraction(text, end);
    if (!fits || nanos < 0) {
      return null;
    }
    long seconds =
        LocalDate.of(year, month, day).toEpochDay() * 86_400L
            + hour * 3_600L
            + minute * 60L
            + second;
    return Timestamp.utc(Instant.ofEpochSecond(seconds, nanos));
  }

  private static int fraction(String text, int end) {
    int nanos = number(text, 20, end);
    for (int digits = end - 20; digits < 9 && nanos > 0; digits++) {
      nanos *= 10;
    }
    return nanos;
  }

  /** The number between two places, or -1 where there are other characters. */
  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }
}
