package org.minivql.format;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Says what is wrong with a text that is not JSON, in the words VQL's users know: {@code invalid
 * character 'x' after object key}. Runs only after reading failed.
 */
final class JsonFault {
  private static final String VALUE = "looking for beginning of value";
  private static final String END = "unexpected end of JSON input";

  private final String text;
  private int at;

  private JsonFault(String text) {
    this.text = text;
  }

  /** The first fault of a text; the exception itself where reading failed for another reason. */
  static FormatException of(String text, FormatException e) {
    JsonFault fault = new JsonFault(text);
    String message = fault.find();
    return message == null ? e : new FormatException(message, fault.at);
  }

  /** What may come next where an object or a list is open. */
  private enum Expected {
    FIRST_KEY("looking for beginning of object key string"),
    KEY("looking for beginning of object key string"),
    COLON("after object key"),
    MEMBER("after object key:value pair"),
    FIRST_ITEM(VALUE),
    ITEM("after array element"),
    VALUE_OF_KEY(VALUE),
    VALUE_OF_LIST(VALUE),
    END_OF_TEXT("after top-level value");

    private final String place;

    Expected(String place) {
      this.place = place;
    }
  }

  private String find() {
    Deque<Expected> open = new ArrayDeque<>();
    String problem = blank() ? END : value(open, Expected.END_OF_TEXT);
    while (problem == null) {
      if (blank()) {
        return open.isEmpty() ? null : END;
      }
      problem = open.isEmpty() ? bad(Expected.END_OF_TEXT.place) : next(open);
    }
    return problem;
  }

  /** Skips blanks; whether the text is at its end. */
  private boolean blank() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at >= text.length();
  }

  /** One step inside an object or a list; null where it is in order. */
  private String next(Deque<Expected> open) {
    Expected expected = open.pop();
    char c = text.charAt(at);
    switch (expected) {
      case FIRST_KEY, KEY -> {
        if (c == '}' && expected == Expected.FIRST_KEY) {
          at++;
          return null;
        }
        open.push(Expected.COLON);
        return c == '"' ? string() : bad(expected.place);
      }
      case COLON -> {
        open.push(Expected.VALUE_OF_KEY);
        return take(':', expected);
      }
      case VALUE_OF_KEY -> {
        return value(open, Expected.MEMBER);
      }
      case MEMBER -> {
        if (c == '}') {
          at++;
          return null;
        }
        open.push(Expected.KEY);
        return take(',', expected);
      }
      case FIRST_ITEM -> {
        if (c == ']') {
          at++;
          return null;
        }
        return value(open, Expected.ITEM);
      }
      case ITEM -> {
        if (c == ']') {
          at++;
          return null;
        }
        open.push(Expected.VALUE_OF_LIST);
        return take(',', expected);
      }
      default -> {
        return value(open, Expected.ITEM);
      }
    }
  }

  private String take(char wanted, Expected expected) {
    if (text.charAt(at) != wanted) {
      return bad(expected.place);
    }
    at++;
    return null;
  }

  /** A value, after which something is expected. */
  private String value(Deque<Expected> open, Expected after) {
    if (after != Expected.END_OF_TEXT) {
      open.push(after);
    }
    char c = text.charAt(at);
    if (c == '{' || c == '[') {
      at++;
      open.push(c == '{' ? Expected.FIRST_KEY : Expected.FIRST_ITEM);
      return null;
    }
    return switch (c) {
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> c == '-' || isDigit(c) ? number() : bad(VALUE);
    };
  }

  private String literal(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (at >= text.length()) {
        return END;
      }
      if (text.charAt(at) != word.charAt(i)) {
        return bad("in literal " + word + " (expecting " + quoted(word.charAt(i)) + ")");
      }
    }
    return null;
  }

  private String string() {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return null;
      }
      if (c < ' ') {
        return bad("in string literal");
      }
      at++;
      if (c != '\\') {
        continue;
      }
      String problem = escape();
      if (problem != null) {
        return problem;
      }
    }
    return END;
  }

  private String escape() {
    if (at >= text.length()) {
      return END;
    }
    char c = text.charAt(at);
    if ("\"\\/bfnrtu".indexOf(c) < 0) {
      return bad("in string escape code");
    }
    at++;
    for (int i = 0; c == 'u' && i < 4; i++, at++) {
      if (at >= text.length()) {
        return END;
      }
      if (Character.digit(text.charAt(at), 16) < 0) {
        return bad("in \\u hexadecimal character escape");
      }
    }
    return null;
  }

  private String number() {
    if (text.charAt(at) == '-') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '0') {
      at++;
    } else {
      String problem = digits("in numeric literal");
      if (problem != null) {
        return problem;
      }
    }
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      String problem = digits("after decimal point in numeric literal");
      if (problem != null) {
        return problem;
      }
    }
    if (at < text.length() && "eE".indexOf(text.charAt(at)) >= 0) {
      at++;
      if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return digits("in exponent of numeric literal");
    }
    return null;
  }

  private String digits(String place) {
    if (at >= text.length()) {
      return END;
    }
    if (!isDigit(text.charAt(at))) {
      return bad(place);
    }
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return null;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private String bad(String place) {
    return "invalid character " + quoted(text.codePointAt(at)) + " " + place;
  }

  private static String quoted(int c) {
    return switch (c) {
      case '\'' -> "'\\''";
      case '"' -> "'\"'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      case '\t' -> "'\\t'";
      default ->
          c < ' ' ? String.format("'\\x%02x'", c) : "'" + new String(Character.toChars(c)) + "'";
    };
  }
}
