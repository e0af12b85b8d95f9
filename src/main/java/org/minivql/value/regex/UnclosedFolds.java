package org.minivql.value.regex;

import com.google.re2j.PatternSyntaxException;

/**
 * Keeps nine letters out of the library's hands (old forms of Cyrillic letters, U+1C80 to U+1C88):
 * it looks for their other cases without end, also where a range goes over them. A single one
 * becomes a set in which case counts, a range goes around them. In a set of what is not meant they
 * stand for their other cases only.
 */
final class UnclosedFolds {
  private static final int FIRST = 0x1C80;
  private static final int LAST = 0x1C88;

  /** The other cases of each of the letters. */
  private static final String[] CASES = {
    "\u0412\u0432",
    "\u0414\u0434",
    "\u041E\u043E",
    "\u0421\u0441",
    "\u0422\u0442",
    "\u0422\u0442",
    "\u042A\u044A",
    "\u0462\u0463",
    "\uA64A\uA64B"
  };

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private UnclosedFolds(String text) {
    this.text = text;
  }

  /** The expression without them, where case does not count. */
  static String avoid(String regex) {
    boolean may = regex.contains("\\x{") || regex.chars().anyMatch(c -> c >= FIRST);
    return may ? new UnclosedFolds(regex).rewritten() : regex;
  }

  private String rewritten() {
    while (at < text.length()) {
      if (text.startsWith("\\Q", at)) {
        quoted();
      } else if (text.charAt(at) == '[') {
        set();
      } else {
        int start = at;
        int letter = letter();
        out.append(isOne(letter) ? alone(letter) : text.substring(start, at));
      }
    }
    return out.toString();
  }

  private void quoted() {
    int end = text.indexOf("\\E", at);
    int to = end < 0 ? text.length() : end;
    for (int c : text.substring(at + 2, to).codePoints().toArray()) {
      out.append(isOne(c) ? alone(c) : "\\x{" + Integer.toHexString(c) + "}");
    }
    at = end < 0 ? to : end + 2;
  }

  private void set() {
    int start = at++;
    boolean negated = text.startsWith("^", at);
    at += negated ? 1 : 0;
    StringBuilder rest = new StringBuilder();
    StringBuilder letters = new StringBuilder();
    boolean first = true;
    while (at < text.length() && (first || text.charAt(at) != ']')) {
      first = false;
      item(rest, letters);
    }
    if (at >= text.length()) {
      // The library looks into an open set before it says so.
      throw new PatternSyntaxException("missing closing ]", text.substring(start));
    }
    at++;
    if (letters.isEmpty()) {
      out.append(text, start, at);
      return;
    }
    if (negated) {
      out.append("[^").append(rest).append(others(letters)).append(']');
    } else if (rest.isEmpty()) {
      out.append("(?-i:[").append(letters).append("])");
    } else {
      out.append("(?:[").append(rest).append("]|(?-i:[").append(letters).append("]))");
    }
  }

  /** What stands in a set and can be folded stands for the letters there. */
  private static String others(StringBuilder letters) {
    return letters
        .codePoints()
        .filter(c -> !isOne(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private void item(StringBuilder rest, StringBuilder letters) {
    int start = at;
    int posix = text.startsWith("[:", at) ? text.indexOf(":]", at + 2) : -1;
    if (posix >= 0) {
      at = posix + 2;
      rest.append(text, start, at);
      return;
    }
    int low = letter();
    int high = low;
    boolean range = at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
    if (low >= 0 && range) {
      at++;
      high = letter();
    }
    if (low < 0 || high < low || high < FIRST || low > LAST) {
      rest.append(text, start, at);
      return;
    }
    if (low < FIRST) {
      rest.append("\\x{%x}-\\x{%x}".formatted(low, FIRST - 1));
    }
    if (high > LAST) {
      rest.append("\\x{%x}-\\x{%x}".formatted(LAST + 1, high));
    }
    for (int c = Math.max(low, FIRST); c <= Math.min(high, LAST); c++) {
      letters.appendCodePoint(c).append(CASES[c - FIRST]);
    }
  }

  /** Reads a letter or an escape; -1 for an escape that is not one letter by its number. */
  private int letter() {
    if (text.charAt(at) != '\\' || at + 1 == text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      return c;
    }
    int close = text.startsWith("\\x{", at) ? text.indexOf('}', at) : -1;
    String number = close < 0 ? "" : text.substring(at + 3, close);
    if (number.matches("[0-9A-Fa-f]{1,6}")) {
      at = close + 1;
      return Integer.parseInt(number, 16);
    }
    if (text.startsWith("\\x", at) && at + 4 <= text.length()) {
      String two = text.substring(at + 2, at + 4);
      at += 4;
      return two.matches("[0-9A-Fa-f]{2}") ? Integer.parseInt(two, 16) : -1;
    }
    int octal = at + 1;
    while (octal < Math.min(text.length(), at + 4) && "01234567".indexOf(text.charAt(octal)) >= 0) {
      octal++;
    }
    if (octal > at + 1) {
      int c = Integer.parseInt(text.substring(at + 1, octal), 8);
      at = octal;
      return c;
    }
    boolean named = text.startsWith("\\p{", at) || text.startsWith("\\P{", at);
    int end = named ? text.indexOf('}', at) : -1;
    int c = text.codePointAt(at + 1);
    at = end < 0 ? at + 1 + Character.charCount(c) : end + 1;
    if ("afnrtv".indexOf(c) >= 0) {
      return "\u0007\f\n\r\t\u000b".charAt("afnrtv".indexOf(c));
    }
    return named || Character.isLetterOrDigit(c) && !isOne(c) ? -1 : c;
  }

  private static boolean isOne(int c) {
    return c >= FIRST && c <= LAST;
  }

  private static String alone(int letter) {
    return "(?-i:[" + Character.toString(letter) + CASES[letter - FIRST] + "])";
  }
}
