package org.minivql.fleet.text;

import org.minivql.format.Json;

/** Values in texts for people: a label can be as long as a book. */
public final class Shown {
  private static final int LONGEST = 200;

  private Shown() {}

  /** A text, cut where it is very long. */
  public static String text(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "… (" + text.length() + " characters)";
  }

  /** A value as JSON, cut where it is very long. */
  public static String json(Object value) {
    return text(Json.text(value));
  }
}
