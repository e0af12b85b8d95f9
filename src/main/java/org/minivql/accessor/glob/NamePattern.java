package org.minivql.accessor.glob;

import com.google.re2j.Pattern;
import java.util.Locale;
import org.minivql.value.regex.Regexes;

/** The pattern of one file name: {@code *}, {@code ?}, {@code [abc]} and {@code [!abc]}. */
final class NamePattern {
  private final String literal;
  private final Pattern pattern;

  private NamePattern(String literal, Pattern pattern) {
    this.literal = literal;
    this.pattern = pattern;
  }

  static NamePattern of(String component) {
    String lower = component.toLowerCase(Locale.ROOT);
    if (lower.indexOf('*') < 0 && lower.indexOf('?') < 0 && lower.indexOf('[') < 0) {
      return new NamePattern(lower, null);
    }
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < lower.length()) {
      char c = lower.charAt(i);
      int close = c == '[' ? lower.indexOf(']', i + 2) : -1;
      if (close > 0) {
        regex.append(set(lower.substring(i + 1, close)));
        i = close + 1;
        continue;
      }
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
      i++;
    }
    return new NamePattern(null, Regexes.compile(regex.toString(), Pattern.DOTALL));
  }

  private static String set(String inside) {
    boolean not = inside.startsWith("!");
    StringBuilder set = new StringBuilder(not ? "[^" : "[");
    for (int i = not ? 1 : 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      boolean range = c == '-' && i > (not ? 1 : 0) && i + 1 < inside.length();
      boolean ordered = range && inside.charAt(i - 1) <= inside.charAt(i + 1);
      if (!ordered && !Character.isLetterOrDigit(c) && c < 0x80) {
        set.append('\\');
      }
      set.append(c);
    }
    return set.append(']').toString();
  }

  /** Whether a name in lower case matches as a whole. */
  boolean matches(String lower) {
    return literal != null ? literal.equals(lower) : pattern.matches(lower);
  }
}
