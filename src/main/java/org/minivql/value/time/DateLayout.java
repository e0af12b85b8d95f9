package org.minivql.value.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.value.Timestamp;
import org.minivql.value.time.DateFields.Part;

/**
 * A date format written by showing how the reference time, Monday 2 January 2006 15:04:05 MST,
 * would look.
 *
 * @since 0.1.0
 */
public final class DateLayout {
  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("Layout", "01/02 03:04:05PM '06 -0700"),
          Map.entry("ANSIC", "Mon Jan _2 15:04:05 2006"),
          Map.entry("UnixDate", "Mon Jan _2 15:04:05 MST 2006"),
          Map.entry("RubyDate", "Mon Jan 02 15:04:05 -0700 2006"),
          Map.entry("RFC822", "02 Jan 06 15:04 MST"),
          Map.entry("RFC822Z", "02 Jan 06 15:04 -0700"),
          Map.entry("RFC850", "Monday, 02-Jan-06 15:04:05 MST"),
          Map.entry("RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"),
          Map.entry("RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"),
          Map.entry("RFC3339", "2006-01-02T15:04:05Z07:00"),
          Map.entry("RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00"),
          Map.entry("Kitchen", "3:04PM"),
          Map.entry("Stamp", "Jan _2 15:04:05"),
          Map.entry("StampMilli", "Jan _2 15:04:05.000"),
          Map.entry("StampMicro", "Jan _2 15:04:05.000000"),
          Map.entry("StampNano", "Jan _2 15:04:05.000000000"),
          Map.entry("DateTime", "2006-01-02 15:04:05"),
          Map.entry("DateOnly", "2006-01-02"),
          Map.entry("TimeOnly", "15:04:05"));

  private static final Pattern ELEMENT =
      Pattern.compile(
          "January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|2|__2|_2(?!006)|3|4|5"
              + "|PM|pm|[-Z]07(?::00:00|0000|:00|00)?|[.,](?:0+|9+)(?![0-9])");

  /** What an element accepts, what it is, and the pattern that prints it. */
  private enum Element {
    YEAR("2006", "(\\d{4})", Part.YEAR, "uuuu"),
    SHORT_YEAR("06", "(\\d{2})", Part.SHORT_YEAR, "uu"),
    LONG_MONTH("January", "([A-Za-z]{3,9})", Part.MONTH_NAME, "MMMM"),
    MONTH_NAME("Jan", "([A-Za-z]{3})", Part.MONTH_NAME, "MMM"),
    PADDED_MONTH("01", "(\\d{2})", Part.MONTH, "MM"),
    MONTH("1", "(\\d{1,2})", Part.MONTH, "M"),
    LONG_WEEKDAY("Monday", "([A-Za-z]{6,9})", Part.IGNORED, "EEEE"),
    WEEKDAY("Mon", "([A-Za-z]{3})", Part.IGNORED, "EEE"),
    PADDED_DAY("02", "(\\d{2})", Part.DAY, "dd"),
    SPACED_DAY("_2", " ?(\\d{1,2})", Part.DAY, "ppd"),
    DAY("2", "(\\d{1,2})", Part.DAY, "d"),
    YEAR_DAY("002", "(\\d{3})", Part.YEAR_DAY, "DDD"),
    SPACED_YEAR_DAY("__2", "([ \\d]{2}\\d)", Part.YEAR_DAY, "pppD"),
    HOUR("15", "(\\d{1,2})", Part.HOUR, "HH"),
    PADDED_HALF_HOUR("03", "(\\d{2})", Part.HOUR, "hh"),
    HALF_HOUR("3", "(\\d{1,2})", Part.HOUR, "h"),
    PADDED_MINUTE("04", "(\\d{2})", Part.MINUTE, "mm"),
    MINUTE("4", "(\\d{1,2})", Part.MINUTE, "m"),
    PADDED_SECOND("05", "(\\d{2})", Part.SECOND, "ss"),
    SECOND("5", "(\\d{1,2})", Part.SECOND, "s"),
    UPPER_HALF("PM", "(AM|PM)", Part.HALF, "a"),
    LOWER_HALF("pm", "(am|pm)", Part.HALF, "a"),
    ABBREVIATION("MST", "([A-Z]{3,5}|[+-]\\d{2}(?:\\d{2})?)", Part.ABBREVIATION, "z");

    private final String text;
    private final String regex;
    private final Part part;
    private final String pattern;

    Element(String text, String regex, Part part, String pattern) {
      this.text = text;
      this.regex = regex;
      this.part = part;
      this.pattern = pattern;
    }

    static Element of(String text) {
      for (Element element : values()) {
        if (element.text.equals(text)) {
          return element;
        }
      }
      return null;
    }
  }

  private final String layout;

  private DateLayout(String layout) {
    this.layout = layout;
  }

  /** The layout with this name ({@code RFC3339}, {@code Kitchen}, …), else the text as a layout. */
  public static DateLayout of(String nameOrLayout) {
    return new DateLayout(NAMED.getOrDefault(nameOrLayout, nameOrLayout));
  }

  /** Prints a time in its own zone. */
  public String format(Timestamp time) {
    ZoneId zone = time.zone().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : time.zone();
    ZonedDateTime at = time.instant().atZone(zone);
    StringBuilder out = new StringBuilder();
    Matcher matcher = ELEMENT.matcher(layout);
    int end = 0;
    while (matcher.find()) {
      out.append(layout, end, matcher.start());
      out.append(print(matcher.group(), at));
      end = matcher.end();
    }
    return out.append(layout.substring(end)).toString();
  }

  private static String print(String text, ZonedDateTime at) {
    Element element = Element.of(text);
    if (element == null) {
      return text.charAt(0) == '-' || text.charAt(0) == 'Z'
          ? offset(text, at.getOffset())
          : fraction(text, at.getNano());
    }
    String printed = DateTimeFormatter.ofPattern(element.pattern, Locale.ENGLISH).format(at);
    return switch (element) {
      case LOWER_HALF -> printed.toLowerCase(Locale.ROOT);
      case UPPER_HALF -> printed.toUpperCase(Locale.ROOT);
      default -> printed;
    };
  }

  private static String offset(String text, ZoneOffset offset) {
    int seconds = offset.getTotalSeconds();
    if (text.charAt(0) == 'Z' && seconds == 0) {
      return "Z";
    }
    int rest = Math.abs(seconds);
    StringBuilder out = new StringBuilder(seconds < 0 ? "-" : "+");
    out.append(String.format(Locale.ROOT, "%02d", rest / 3600));
    String colon = text.indexOf(':') > 0 ? ":" : "";
    int digits = text.replace(":", "").length() - 1;
    if (digits >= 4) {
      out.append(colon).append(String.format(Locale.ROOT, "%02d", rest / 60 % 60));
    }
    if (digits >= 6) {
      out.append(colon).append(String.format(Locale.ROOT, "%02d", rest % 60));
    }
    return out.toString();
  }

  private static String fraction(String text, int nanos) {
    String digits = String.format(Locale.ROOT, "%09d", nanos);
    digits = digits.substring(0, Math.min(9, text.length() - 1));
    if (text.charAt(1) == '9') {
      digits = digits.replaceAll("0+$", "");
      return digits.isEmpty() ? "" : text.charAt(0) + digits;
    }
    return text.charAt(0) + digits;
  }

  /**
   * Reads a text that looks exactly like the layout.
   *
   * @param zone where the text does not say
   * @return null where it does not fit
   */
  public Instant parse(String text, ZoneId zone) {
    List<Part> parts = new ArrayList<>();
    StringBuilder regex = new StringBuilder();
    Matcher matcher = ELEMENT.matcher(layout);
    int end = 0;
    while (matcher.find()) {
      literal(regex, layout.substring(end, matcher.start()));
      element(regex, parts, matcher.group(), layout.substring(matcher.end()));
      end = matcher.end();
    }
    literal(regex, layout.substring(end));
    Matcher found = Pattern.compile(regex.toString()).matcher(text);
    if (!found.matches()) {
      return null;
    }
    DateFields fields = new DateFields();
    for (int i = 0; i < parts.size(); i++) {
      String value = found.group(i + 1);
      boolean numeric =
          parts.get(i) == Part.ABBREVIATION
              && value != null
              && (value.charAt(0) == '+' || value.charAt(0) == '-');
      fields.set(numeric ? Part.OFFSET : parts.get(i), value);
    }
    return fields.instant(zone);
  }

  private static void literal(StringBuilder regex, String text) {
    for (String piece : text.split("(?<= )(?! )|(?<! )(?= )")) {
      regex.append(piece.startsWith(" ") ? " +" : Pattern.quote(piece));
    }
  }

  private static void element(StringBuilder regex, List<Part> parts, String text, String rest) {
    Element element = Element.of(text);
    if (element != null) {
      regex.append(element.regex);
      parts.add(element.part);
      boolean ownFraction = rest.matches("(?s)[.,](?:0+|9+)(?![0-9]).*");
      if (element.part == Part.SECOND && !ownFraction) {
        // Seconds may carry a fraction that the layout does not mention.
        regex.append("(?:[.,](\\d{1,9}))?");
        parts.add(Part.FRACTION);
      }
    } else if (text.charAt(0) == '-' || text.charAt(0) == 'Z') {
      String offset = "[+-]" + text.substring(1).replaceAll("\\d", "\\\\d");
      regex.append(text.charAt(0) == 'Z' ? "(Z|" + offset + ")" : "(" + offset + ")");
      parts.add(Part.OFFSET);
    } else {
      int digits = text.length() - 1;
      regex.append(text.charAt(1) == '0' ? "[.,](\\d{" + digits + "})" : "(?:[.,](\\d{1,9}))?");
      parts.add(Part.FRACTION);
    }
  }
}
