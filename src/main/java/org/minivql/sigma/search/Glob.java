package org.minivql.sigma.search;

/**
 * A text with wildcards: {@code *} stands for any characters, {@code ?} for one; a backslash before
 * one of these or before a backslash takes it literally, elsewhere it stands for itself.
 */
public final class Glob {
  private static final char MANY = '\uFFFE';
  private static final char ONE = '\uFFFF';

  private final char[] pattern;

  private Glob(char[] pattern) {
    this.pattern = pattern;
  }

  /** The pattern with anything allowed before or after it. */
  public static Glob of(String text, boolean before, boolean after) {
    StringBuilder pattern = new StringBuilder();
    if (before) {
      pattern.append(MANY);
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c == '\\' && (next == '*' || next == '?' || next == '\\')) {
        pattern.append(next);
        i++;
      } else {
        pattern.append(c == '*' ? MANY : c == '?' ? ONE : c);
      }
    }
    if (after) {
      pattern.append(MANY);
    }
    return new Glob(pattern.toString().toCharArray());
  }

  /** The pattern for what JSON makes of the text. */
  Glob inJson() {
    StringBuilder escaped = new StringBuilder();
    for (char c : pattern) {
      escaped.append(c == '\\' || c == '"' ? "\\" : "").append(c);
    }
    return new Glob(escaped.toString().toCharArray());
  }

  /** Whether a text has wildcards that are meant as such. */
  static boolean any(String text) {
    for (char c : of(text, false, false).pattern) {
      if (c == MANY || c == ONE) {
        return true;
      }
    }
    return false;
  }

  /** The text that a pattern without wildcards stands for. */
  static String literal(String text) {
    return new String(of(text, false, false).pattern);
  }

  public boolean matches(String text) {
    int at = 0;
    int p = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      if (p < pattern.length && (pattern[p] == ONE || pattern[p] == text.charAt(at))) {
        p++;
        at++;
      } else if (p < pattern.length && pattern[p] == MANY) {
        star = p++;
        resume = at;
      } else if (star >= 0) {
        p = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == MANY) {
      p++;
    }
    return p == pattern.length;
  }
}
