package org.minivql.format;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.minivql.value.Timestamp;

/** Times written as RFC 3339 prescribes. */
public final class Rfc3339 {
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
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return new Timestamp(time.toInstant(), time.getOffset());
    } catch (DateTimeException e) {
      // Almost a time: it stays what it is, a string.
      return null;
    }
  }
}
