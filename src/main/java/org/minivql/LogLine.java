package org.minivql;

import java.util.Locale;
import org.minivql.value.Place;

/**
 * One line of the query log.
 *
 * @param level how serious it is
 * @param text the whole line as the engine wrote it, with the prefix of its level
 * @param at the call or name in a program that the line is about; null where it is about none, or
 *     the place is not known
 * @since 0.1.0
 */
public record LogLine(Level level, String text, Place at) {
  /** How serious a line is. */
  public enum Level {
    /** A line without a prefix. */
    DEFAULT,
    /** Something failed. */
    ERROR,
    /** Something to know. */
    INFO,
    /** Something looks wrong. */
    WARN,
    /** A detail. */
    DEBUG,
    /** An alert raised by a query. */
    ALERT,
    /** A step of the evaluation. */
    TRACE
  }

  /** The line with the level that its prefix says. */
  public static LogLine of(String text) {
    return of(text, null);
  }

  /** The line with the level that its prefix says, about something in a program. */
  public static LogLine of(String text, Place at) {
    int colon = text.indexOf(':');
    if (colon > 0 && colon <= 7) {
      String prefix = text.substring(0, colon).toUpperCase(Locale.ROOT);
      for (Level level : Level.values()) {
        if (level.name().equals(prefix)) {
          return new LogLine(level, text, at);
        }
      }
    }
    return new LogLine(Level.DEFAULT, text, at);
  }

  /** The text without the prefix of its level. */
  public String message() {
    return level == Level.DEFAULT && !text.toUpperCase(Locale.ROOT).startsWith("DEFAULT:")
        ? text
        : text.substring(text.indexOf(':') + 1);
  }
}
