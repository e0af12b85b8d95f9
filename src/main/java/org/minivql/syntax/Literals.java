package org.minivql.syntax;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.minivql.syntax.antlr.Integers;

/** The values of literals. */
public final class Literals {
  /** A byte that is not part of a UTF-8 sequence is kept as this plus the byte. */
  private static final char LONE_BYTE = '\uDC00';

  private Literals() {}

  /**
   * The value of a number literal.
   *
   * @param source the literal as written
   * @return a {@link Long}, a {@link Double}, or null if it is neither within 64 bits nor a finite
   *     decimal float
   */
  public static Object number(String source) {
    Long integer = Integers.parse(source);
    if (integer != null) {
      return integer;
    }
    if (source.indexOf('x') >= 0) {
      return null;
    }
    double value = Double.parseDouble(source);
    return Double.isInfinite(value) ? null : (Object) value;
  }

  /**
   * The canonical text of a number literal: integers in decimal, floats without exponent and with a
   * fraction, {@code FALSE} for what is neither.
   */
  public static String numberText(String source) {
    Object value = number(source);
    if (value == null) {
      return "FALSE";
    }
    if (value instanceof Long) {
      return value.toString();
    }
    double number = (Double) value;
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    String text = shortest(number).toPlainString();
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }

  /** The shortest decimal that reads back as the value; the JDK's own may have a digit too many. */
  private static BigDecimal shortest(double value) {
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal exact = new BigDecimal(value);
    for (int precision = shortest.precision() - 1; precision > 0; precision--) {
      BigDecimal shorter = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() != value) {
        return shortest;
      }
      shortest = shorter.stripTrailingZeros();
    }
    return shortest;
  }

  /**
   * The bytes of a string literal, as the engine keeps them: UTF-8 as the characters it stands for,
   * any other byte as a lone low surrogate.
   *
   * @param source the literal as written, with its quotes
   */
  public static String string(String source) {
    if (source.length() >= 6 && source.startsWith("'''")) {
      return source.substring(3, source.length() - 3);
    }
    String content = source.substring(1, source.length() - 1);
    return content.indexOf('\\') < 0 ? content : unescape(content);
  }

  /** A literal with this value. */
  public static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String unescape(String content) {
    StringBuilder out = new StringBuilder(content.length());
    boolean bytes = false;
    int at = 0;
    while (at < content.length()) {
      char c = content.charAt(at);
      if (c != '\\') {
        out.append(c);
        at++;
        continue;
      }
      char kind = content.charAt(at + 1);
      if (kind != 'x' && kind != 'X') {
        out.append(simple(kind));
        at += 2;
        continue;
      }
      if (at + 4 > content.length()) {
        break;
      }
      int value = hex(content.charAt(at + 2)) * 16 + hex(content.charAt(at + 3));
      boolean valid = hex(content.charAt(at + 2)) >= 0 && hex(content.charAt(at + 3)) >= 0;
      if (!valid) {
        out.append('\\');
        at++;
        continue;
      }
      bytes |= value >= 0x80;
      out.append(value < 0x80 ? (char) value : (char) (LONE_BYTE + value));
      at += 4;
    }
    return bytes ? JoinedBytes.join(out) : out.toString();
  }

  private static char simple(char kind) {
    return switch (kind) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> kind;
    };
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
