package org.minivql.value.text;

import java.util.List;
import java.util.Locale;
import org.minivql.value.Bytes;
import org.minivql.value.NamedNumber;
import org.minivql.value.Nesting;
import org.minivql.value.OwnStack;
import org.minivql.value.Scope;
import org.minivql.value.Unsigned;
import org.minivql.value.Values;

/** Prints one operand of {@link GoFormat} by its verb and flags. */
final class GoPrinter {
  /** What stands between the percent sign and the verb; -1 for no width or precision. */
  static final class Flags {
    boolean sharp;
    boolean zero;
    boolean plus;
    boolean minus;
    boolean space;
    boolean source;
    int width = -1;
    int precision = -1;
  }

  private final Scope scope;
  private final StringBuilder out;
  private final Flags flags;
  private boolean marking;
  private int depth;

  GoPrinter(Scope scope, StringBuilder out, Flags flags) {
    this.scope = scope;
    this.out = out;
    this.flags = flags;
  }

  void print(Object operand, int verb) {
    Object value = Values.reduce(operand);
    if (verb == 'T') {
      text(Values.typeName(value), 's');
    } else if (value instanceof Boolean bool) {
      bool(bool, verb);
    } else if (value instanceof Long || value instanceof Unsigned) {
      integer((Number) value, verb);
    } else if (value instanceof Double number) {
      number(number, verb);
    } else if (value instanceof String string) {
      string(string, verb);
    } else if (value instanceof List<?> list) {
      list(list, verb);
    } else if ("vsxXq".indexOf(verb) >= 0) {
      string(scope.operators().text(scope, value), verb);
    } else if (value instanceof NamedNumber named) {
      integer((Number) named.number(), verb);
    } else if (value == null) {
      // NULL is a struct without fields to the verbs that do not ask for text.
      out.append("{}");
    } else {
      mismatch(value, verb);
    }
  }

  private void mismatch(Object value, int verb) {
    if (marking) {
      return;
    }
    marking = true;
    out.append("%!").appendCodePoint(verb).append('(').append(Values.typeName(value)).append('=');
    print(value, 'v');
    out.append(')');
    marking = false;
  }

  private void bool(Boolean value, int verb) {
    if (verb == 't' || verb == 'v') {
      pad(value.toString(), flags.zero);
    } else {
      mismatch(value, verb);
    }
  }

  private void list(List<?> list, int verb) {
    if (Nesting.exceeded(scope, depth)) {
      out.append("Null");
    } else if (depth == Nesting.ROOM) {
      OwnStack.run(() -> elements(list, verb));
    } else {
      elements(list, verb);
    }
  }

  private void elements(List<?> list, int verb) {
    depth++;
    out.append(flags.source ? "[]types.Any{" : "[");
    String separator = "";
    for (Object item : list) {
      out.append(separator);
      print(item, verb);
      separator = flags.source ? ", " : " ";
    }
    depth--;
    out.append(flags.source ? '}' : ']');
  }

  private void integer(Number number, int verb) {
    long value = number.longValue();
    boolean negative = number instanceof Long && value < 0;
    switch (verb) {
      case 'v', 'd' -> digits(value, negative, 10, verb);
      case 'b' -> digits(value, negative, 2, verb);
      case 'o', 'O' -> digits(value, negative, 8, verb);
      case 'x', 'X' -> digits(value, negative, 16, verb);
      case 'c' -> pad(Character.toString(GoQuote.valid(value)), flags.zero);
      case 'q' -> pad(GoQuote.character(value, flags.plus), flags.zero);
      case 'U' -> unicode(value);
      default -> mismatch(number, verb);
    }
  }

  private void digits(long value, boolean negative, int base, int verb) {
    if (flags.precision == 0 && value == 0) {
      out.append(" ".repeat(Math.max(0, flags.width)));
      return;
    }
    String text = Long.toUnsignedString(negative ? -value : value, base);
    if (verb == 'X') {
      text = text.toUpperCase(Locale.ROOT);
    }
    int least = Math.max(0, flags.precision);
    if (flags.precision < 0 && flags.zero && flags.width >= 0) {
      least = negative || flags.plus || flags.space ? flags.width - 1 : flags.width;
    }
    StringBuilder number = new StringBuilder();
    number.append(negative ? "-" : flags.plus ? "+" : flags.space ? " " : "");
    number.append(verb == 'O' ? "0o" : "");
    if (flags.sharp) {
      boolean zeroFirst = text.startsWith("0") || text.length() < least;
      number.append(base == 16 ? "0" + (char) verb : base == 2 ? "0b" : "");
      number.append(base == 8 && !zeroFirst ? "0" : "");
    }
    number.append("0".repeat(Math.max(0, least - text.length()))).append(text);
    pad(number.toString(), false);
  }

  private void unicode(long value) {
    String hex = Long.toHexString(value).toUpperCase(Locale.ROOT);
    int least = Math.max(4, flags.precision);
    String text = "U+" + "0".repeat(Math.max(0, least - hex.length())) + hex;
    if (flags.sharp && value >= 0 && value <= Character.MAX_CODE_POINT) {
      text += GoQuote.printable((int) value) ? " '" + Character.toString((int) value) + "'" : "";
    }
    pad(text, false);
  }

  private void number(double value, int verb) {
    switch (verb) {
      case 'v' -> number(value, 'g', -1);
      case 'b', 'g', 'G', 'x', 'X' -> number(value, (char) verb, -1);
      case 'f', 'F' -> number(value, 'f', 6);
      case 'e', 'E' -> number(value, (char) verb, 6);
      default -> mismatch(value, verb);
    }
  }

  private void number(double value, char letter, int defaultPrecision) {
    int precision = flags.precision >= 0 ? flags.precision : defaultPrecision;
    String text = GoFloat.format(value, letter, precision);
    char sign = text.charAt(0) == '-' ? '-' : '+';
    String digits = text.charAt(0) == '-' || text.charAt(0) == '+' ? text.substring(1) : text;
    boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
    if (flags.sharp && letter != 'b' && finite) {
      digits = withPoint(digits, letter, precision);
    }
    String shown = sign == '-' ? "-" : flags.plus ? "+" : flags.space ? " " : "";
    if (Double.isInfinite(value) && shown.isEmpty()) {
      shown = "+";
    }
    if (flags.zero && finite && !shown.isEmpty() && flags.width > digits.length() + 1) {
      digits = "0".repeat(flags.width - digits.length() - 1) + digits;
    }
    pad(shown + digits, flags.zero && finite);
  }

  /** The sharp flag: a decimal point always, and for general form trailing zeros too. */
  private static String withPoint(String number, char letter, int precision) {
    int tail = number.length();
    String ends = letter == 'x' || letter == 'X' ? "pP" : "eE";
    for (int i = 0; i < number.length(); i++) {
      if (ends.indexOf(number.charAt(i)) >= 0) {
        tail = i;
        break;
      }
    }
    String digits = number.substring(0, tail);
    int missing = 0;
    if ("gGx".indexOf(letter) >= 0) {
      String significant = digits.replace(".", "").replaceFirst("^0+", "");
      missing = (precision < 0 ? 6 : precision) - significant.length();
      missing -= digits.equals("0") ? 1 : 0;
    }
    return digits
        + (digits.contains(".") ? "" : ".")
        + "0".repeat(Math.max(0, missing))
        + number.substring(tail);
  }

  private void string(String value, int verb) {
    switch (verb) {
      case 'v' -> text(value, flags.source ? 'q' : 's');
      case 's', 'q' -> text(value, verb);
      case 'x', 'X' -> hex(value, verb);
      default -> mismatch(value, verb);
    }
  }

  private void text(String value, int verb) {
    String cut = value;
    if (flags.precision >= 0 && value.codePointCount(0, value.length()) > flags.precision) {
      cut = value.substring(0, value.offsetByCodePoints(0, flags.precision));
    }
    if (verb == 's') {
      pad(cut, flags.zero);
    } else if (flags.sharp && GoQuote.rawFits(cut)) {
      pad("`" + cut + "`", flags.zero);
    } else {
      pad(GoQuote.string(cut, flags.plus), flags.zero);
    }
  }

  private void hex(String value, int verb) {
    byte[] bytes = Bytes.encode(value);
    int length = flags.precision >= 0 ? Math.min(flags.precision, bytes.length) : bytes.length;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      if (flags.space && i > 0) {
        text.append(' ');
      }
      if (flags.sharp && (flags.space || i == 0)) {
        text.append('0').append((char) verb);
      }
      text.append(String.format(verb == 'x' ? "%02x" : "%02X", bytes[i] & 0xff));
    }
    pad(text.toString(), flags.zero);
  }

  private void pad(String text, boolean zeros) {
    int missing = flags.width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      out.append(text);
    } else if (flags.minus) {
      out.append(text).append(" ".repeat(missing));
    } else {
      out.append((zeros ? "0" : " ").repeat(missing)).append(text);
    }
  }
}
