package org.minivql.syntax;

/** The escapes in quoted names: those of the Go language. */
final class NameEscapes {
  private NameEscapes() {}

  /** The decoded text, or what is left of it at the first escape that is none. */
  static String decode(String text) {
    int next = text.indexOf('\\');
    if (next < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (next >= 0) {
      out.append(text, at, next);
      int length = append(text, next, out);
      if (length == 0) {
        return text.substring(next);
      }
      at = next + length;
      next = text.indexOf('\\', at);
    }
    return out.append(text, at, text.length()).toString();
  }

  /** Appends the character of the escape at an offset; its length, or 0 if there is none. */
  private static int append(String text, int at, StringBuilder out) {
    if (at + 1 == text.length()) {
      return 0;
    }
    char kind = text.charAt(at + 1);
    int simple = "abfnrtv\\".indexOf(kind);
    if (simple >= 0) {
      out.append("\u0007\b\f\n\r\t\u000b\\".charAt(simple));
      return 2;
    }
    return switch (kind) {
      case 'x' -> number(text, at + 2, 2, 16, out);
      case 'u' -> number(text, at + 2, 4, 16, out);
      case 'U' -> number(text, at + 2, 8, 16, out);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(text, at + 1, 3, 8, out);
      default -> 0;
    };
  }

  private static int number(String text, int from, int digits, int radix, StringBuilder out) {
    if (from + digits > text.length()) {
      return 0;
    }
    long value = 0;
    for (int i = from; i < from + digits; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return 0;
      }
      value = value * radix + digit;
    }
    boolean surrogate = value >= 0xd800 && value <= 0xdfff;
    if (value > Character.MAX_CODE_POINT || surrogate || radix == 8 && value > 255) {
      return 0;
    }
    out.appendCodePoint((int) value);
    return digits + (radix == 8 ? 1 : 2);
  }
}
