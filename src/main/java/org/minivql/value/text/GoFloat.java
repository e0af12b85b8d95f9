package org.minivql.value.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Floats as text by format letter and precision: {@code e f g b x} and their capitals. */
final class GoFloat {
  private GoFloat() {}

  /**
   * The text of a float.
   *
   * @param precision digits as the letter counts them; -1 for as few as read back
   */
  static String format(double value, char letter, int precision) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    boolean negative = value < 0 || value == 0 && 1 / value < 0;
    double magnitude = Math.abs(value);
    String text =
        switch (Character.toLowerCase(letter)) {
          case 'b' -> binary(magnitude);
          case 'x' -> hexadecimal(magnitude, precision);
          case 'e' -> exponent(digits(magnitude, precision < 0 ? -1 : precision + 1), precision);
          case 'f' -> plain(magnitude, precision);
          default -> general(magnitude, precision);
        };
    String cased = Character.isUpperCase(letter) ? text.toUpperCase(Locale.ROOT) : text;
    return negative ? "-" + cased : cased;
  }

  /** The value rounded to a number of significant digits, without trailing zeros. */
  private static BigDecimal digits(double value, int count) {
    if (value == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal decimal =
        count < 0
            ? Text.shortest(value)
            : new BigDecimal(value).round(new MathContext(count, RoundingMode.HALF_EVEN));
    return decimal.stripTrailingZeros();
  }

  private static String plain(double value, int precision) {
    if (precision < 0) {
      return digits(value, -1).toPlainString();
    }
    return new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static int point(BigDecimal digits) {
    return digits.signum() == 0 ? 0 : digits.precision() - digits.scale();
  }

  private static String exponent(BigDecimal value, int precision) {
    String digits = value.signum() == 0 ? "0" : value.unscaledValue().toString();
    if (precision >= 0) {
      digits += "0".repeat(Math.max(0, precision + 1 - digits.length()));
    }
    StringBuilder out = new StringBuilder();
    Text.exponentForm(out, digits, value.signum() == 0 ? 0 : point(value) - 1, 2);
    return out.toString();
  }

  private static String general(double value, int precision) {
    boolean shortest = precision < 0;
    BigDecimal rounded = digits(value, shortest ? -1 : Math.max(1, precision));
    int count = rounded.signum() == 0 ? 0 : rounded.precision();
    int point = point(rounded);
    int limit = Math.max(1, precision);
    if (limit > count && count >= point) {
      limit = count;
    }
    if (shortest) {
      limit = 6;
    }
    int exponent = point - 1;
    if (rounded.signum() != 0 && (exponent < -4 || exponent >= limit)) {
      return exponent(rounded, -1);
    }
    return rounded.toPlainString();
  }

  private static String binary(double value) {
    long bits = Double.doubleToLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7ff;
    long mantissa = bits & 0xfffffffffffffL;
    if (exponent == 0) {
      exponent++;
    } else {
      mantissa |= 1L << 52;
    }
    int shown = exponent - 1023 - 52;
    return mantissa + "p" + (shown >= 0 ? "+" : "") + shown;
  }

  private static String hexadecimal(double value, int precision) {
    if (value == 0) {
      return "0x0" + (precision > 0 ? "." + "0".repeat(precision) : "") + "p+00";
    }
    int exponent = Math.getExponent(value);
    if (exponent < Double.MIN_EXPONENT) {
      exponent = Math.getExponent(value * 0x1p60) - 60;
    }
    BigInteger mantissa =
        new BigDecimal(value)
            .multiply(new BigDecimal(2).pow(60 - exponent, MathContext.UNLIMITED))
            .toBigInteger();
    if (exponent > 60) {
      mantissa = new BigDecimal(value).toBigInteger().shiftRight(exponent - 60);
    }
    long scaled = mantissa.longValue();
    if (precision >= 0 && precision < 15) {
      int drop = 60 - 4 * precision;
      long half = 1L << (drop - 1);
      long rest = scaled & ((1L << drop) - 1);
      scaled >>= drop;
      if (rest > half || rest == half && (scaled & 1) == 1) {
        scaled++;
      }
      scaled <<= drop;
      if (scaled >= 1L << 61) {
        scaled >>= 1;
        exponent++;
      }
    }
    String fraction = String.format("%015x", scaled & ((1L << 60) - 1));
    fraction =
        precision < 0
            ? fraction.replaceAll("0+$", "")
            : (fraction + "0".repeat(Math.max(0, precision - 15))).substring(0, precision);
    String power = Integer.toString(Math.abs(exponent));
    return "0x1"
        + (fraction.isEmpty() ? "" : "." + fraction)
        + (exponent < 0 ? "p-" : "p+")
        + (power.length() < 2 ? "0" + power : power);
  }
}
