package org.minivql.value.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.minivql.value.Operators;

/**
 * The text of numbers. The text of all values is in {@link Operators#text}.
 *
 * @since 0.1.0
 */
public final class Text {
  private Text() {}

  /**
   * A float as text: shortest digits that read back, plain notation for decimal exponents from -4
   * to 20, else exponent form with at least two digits; no trailing {@code .0}.
   *
   * @param plainBelow the decimal exponent from which exponent form is used (21 for Go's {@code
   *     %v}, 6 for string coercion... see {@link #ofDouble})
   */
  private static String ofDouble(double value, int plainBelow) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    StringBuilder out = new StringBuilder();
    if (value < 0) {
      out.append('-');
    }
    if (exponent < -4 || exponent >= plainBelow) {
      exponentForm(out, digits, exponent, 2);
    } else {
      out.append(shortest.toPlainString());
    }
    return out.toString();
  }

  /** The shortest decimal that reads back as the value, without trailing zeros. */
  public static BigDecimal shortest(double value) {
    // Before JDK 19 Double.toString sometimes gave a digit too many.
    String text = Double.toString(value);
    BigDecimal decimal = new BigDecimal(text).stripTrailingZeros();
    BigDecimal exact = new BigDecimal(value);
    int precision = decimal.precision();
    while (precision > 1) {
      BigDecimal shorter = exact.round(new MathContext(precision - 1, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() != value) {
        break;
      }
      decimal = shorter.stripTrailingZeros();
      precision--;
    }
    return decimal;
  }

  /** Appends {@code d.ddde±XX}. */
  static void exponentForm(StringBuilder out, String digits, int exponent, int width) {
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exponent < 0 ? '-' : '+');
    String e = Integer.toString(Math.abs(exponent));
    out.append("0".repeat(Math.max(0, width - e.length()))).append(e);
  }

  /** The text form used by string coercion, {@code format(%v)} and GROUP BY keys. */
  public static String ofDouble(double value) {
    return ofDouble(value, 6);
  }

  /** The form in JSON; {@code null} for NaN and infinities. */
  public static String json(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "null";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    if (value == (long) value && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    StringBuilder out = new StringBuilder();
    if (value < 0) {
      out.append('-');
    }
    if (exponent < -6 || exponent >= 21) {
      exponentForm(out, digits, exponent, exponent < 0 ? 1 : 2);
    } else {
      out.append(shortest.toPlainString());
    }
    return out.toString();
  }
}
