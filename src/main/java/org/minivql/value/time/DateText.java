package org.minivql.value.time;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.value.time.DateFields.Part;

/** Reads dates in the shapes that logs, mail and people write. */
final class DateText {
  private static final int LONGEST = 100;

  private static final String TIME =
      "(?<H>\\d{1,2}):(?<M>\\d{1,2})(?::(?<S>\\d{1,2})(?:[.,](?<f>\\d{1,9}))?)?(?: ?(?<ap>[ap]m))?";
  private static final String OFFSET = "[+-]\\d{2}:?\\d{2}";
  private static final String ZONE =
      "(?: ?(?<o>Z|"
          + OFFSET
          + ")| \\(?(?<z>[A-Z]{3,5})\\)?(?<p>[+-]\\d{2}(?::?\\d{2})?)?)?"
          + "(?: [+-]\\d{2,4}| \\(?[A-Z][A-Z ]*\\)?)?(?: m=[+-][\\d.]+)?";
  private static final String NAME = "(?<n>[A-Z]{3,9})";
  private static final String WEEKDAY = "(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +)?";
  private static final String DAY = "(?<d>\\d{1,2})";
  private static final String MONTH = "(?<m>\\d{1,2})";
  private static final String YEAR = "(?<y>\\d{4})";
  private static final String ANY_YEAR = "(?:(?<y>\\d{4})|(?<s>\\d{2}))";
  private static final String THEN_TIME = "(?:(?: |, | at )" + TIME + ZONE + ")?";

  private static final List<Pattern> SHAPES =
      List.of(
          shape(YEAR + "-" + MONTH + "(?:-" + DAY + ")?(?:[T ]" + TIME + ")?" + ZONE),
          shape(YEAR + "([/:])" + MONTH + "\\2" + DAY + THEN_TIME),
          shape(YEAR + "\\." + MONTH + "(?:\\." + DAY + THEN_TIME + ")?"),
          shape(MONTH + "([/.])" + DAY + "\\2" + ANY_YEAR + THEN_TIME),
          // An hour without minutes is taken for seconds; people write "7/25/2019 5pm".
          shape(MONTH + "/" + DAY + "/" + ANY_YEAR + " (?<S>\\d{1,2})(?<ap>[ap]m)"),
          shape(WEEKDAY + DAY + "([ -])" + NAME + ",?\\2" + ANY_YEAR + THEN_TIME),
          shape(YEAR + "-" + NAME + "-" + DAY + THEN_TIME),
          shape(DAY + "/" + NAME + "/" + YEAR + "(?::" + TIME + ZONE + ")?"),
          shape(WEEKDAY + NAME + "\\.? +" + DAY + "(?:st|nd|rd|th)?,? " + YEAR + THEN_TIME),
          shape(NAME + "\\.? +" + DAY + "(?:st|nd|rd|th)?, (?<s>\\d{2})"),
          shape(
              WEEKDAY
                  + NAME
                  + " +"
                  + DAY
                  + " "
                  + TIME
                  + "(?: (?<z>[A-Z]{3,5})?(?<o>"
                  + OFFSET
                  + ")?)? "
                  + YEAR),
          shape(NAME + " +" + DAY + "(?: " + TIME + ")?"),
          shape("(?<s>\\d{2})(?<m>\\d{2})(?<d>\\d{2}) " + TIME),
          shape("(?<m>\\d{2}):(?<d>\\d{2}):(?<s>\\d{2})"));

  private static final Map<String, Part> GROUPS =
      Map.ofEntries(
          Map.entry("y", Part.YEAR),
          Map.entry("s", Part.SHORT_YEAR),
          Map.entry("m", Part.MONTH),
          Map.entry("n", Part.MONTH_NAME),
          Map.entry("d", Part.DAY),
          Map.entry("H", Part.HOUR),
          Map.entry("M", Part.MINUTE),
          Map.entry("S", Part.SECOND),
          Map.entry("f", Part.FRACTION),
          Map.entry("ap", Part.HALF),
          Map.entry("z", Part.ABBREVIATION),
          Map.entry("o", Part.OFFSET),
          Map.entry("p", Part.OFFSET));

  private DateText() {}

  private static Pattern shape(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }

  /**
   * The instant a text describes.
   *
   * @param zone where the text does not say
   * @return null where no shape fits
   */
  static Instant parse(String text, ZoneId zone) {
    if (text.length() > LONGEST) {
      return null;
    }
    for (Pattern shape : SHAPES) {
      Matcher matcher = shape.matcher(text);
      if (matcher.matches()) {
        DateFields fields = new DateFields();
        GROUPS.forEach(
            (group, part) -> {
              if (shape.pattern().contains("(?<" + group + ">")) {
                fields.set(part, matcher.group(group));
              }
            });
        return fields.instant(zone);
      }
    }
    return null;
  }
}
