package org.minivql.value.text;

/** Quoted and escaped text in the notation of the {@code %q} and {@code %c} verbs. */
final class GoQuote {
  private static final char BYTE = '\uDC00';

  private GoQuote() {}

  /** The text between double quotes. */
  static String string(String text, boolean ascii) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      append(out, point, '"', ascii);
    }
    return out.append('"').toString();
  }

  /** The code point between single quotes. */
  static String character(long value, boolean ascii) {
    StringBuilder out = new StringBuilder().append('\'');
    append(out, valid(value), '\'', ascii);
    return out.append('\'').toString();
  }

  /** The code point, or U+FFFD for what is none. */
  static int valid(long value) {
    boolean good = value >= 0 && value <= Character.MAX_CODE_POINT;
    return good && !(value >= 0xD800 && value <= 0xDFFF) ? (int) value : 0xFFFD;
  }

  /** Whether the text fits between back quotes unchanged. */
  static boolean rawFits(String text) {
    return text.chars()
        .allMatch(c -> c != '`' && c != 0x7f && c != 0xFEFF && (c >= ' ' || c == '\t') && !bad(c));
  }

  private static boolean bad(int c) {
    return c >= BYTE && c <= BYTE + 0xff;
  }

  private static void append(StringBuilder out, int point, char quote, boolean ascii) {
    if (point == quote || point == '\\') {
      out.append('\\').append((char) point);
    } else if (point >= BYTE && point <= BYTE + 0xff) {
      out.append(String.format("\\x%02x", point - BYTE));
    } else if (ascii ? point < 0x7f && point >= ' ' : printable(point)) {
      out.appendCodePoint(point);
    } else {
      escape(out, point);
    }
  }

  private static void escape(StringBuilder out, int point) {
    int at = "\u0007\b\f\n\r\t\u000b".indexOf(point);
    if (at >= 0) {
      out.append('\\').append("abfnrtv".charAt(at));
    } else if (point < ' ' || point == 0x7f) {
      out.append(String.format("\\x%02x", point));
    } else if (point < 0x10000) {
      out.append(String.format("\\u%04x", point));
    } else {
      out.append(String.format("\\U%08x", point));
    }
  }

  /** Letters, marks, numbers, punctuation, symbols and the ASCII blank. */
  static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }
}
