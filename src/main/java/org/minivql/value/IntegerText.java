package org.minivql.value;

import java.math.BigInteger;

/**
 * Integers written as text with a base prefix.
 *
 * @since 0.1.0
 */
public final class IntegerText {
  private IntegerText() {}

  /**
   * The integer a text stands for: decimal, {@code 0x}, {@code 0b}, {@code 0o} or, after a leading
   * zero, octal; with an optional sign and underscores between digits.
   *
   * @return the number, or null where the text is not one
   */
  public static BigInteger parse(String text) {
    String rest = text;
    boolean negative = rest.startsWith("-");
    if (negative || rest.startsWith("+")) {
      rest = rest.substring(1);
    }
    int base = 10;
    if (rest.length() > 1 && rest.charAt(0) == '0') {
      base =
          switch (rest.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            default -> 8;
          };
      boolean letter = Character.isLetter(rest.charAt(1));
      if (base == 8 && letter && Character.toLowerCase(rest.charAt(1)) != 'o') {
        return null;
      }
      rest = rest.substring(letter ? 2 : 1);
      // An underscore may also stand between the prefix and the first digit.
      rest = rest.startsWith("_") ? rest.substring(1) : rest;
    }
    return digits(rest, base, negative);
  }

  private static BigInteger digits(String digits, int base, boolean negative) {
    if (digits.isEmpty() || digits.length() > 200) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      boolean separates = c == '_' && i > 0 && i < digits.length() - 1 && digits.charAt(i - 1) != c;
      if (!separates && (c > 'f' || Character.digit(c, base) < 0)) {
        return null;
      }
    }
    BigInteger value = new BigInteger(digits.replace("_", ""), base);
    return negative ? value.negate() : value;
  }

  /** The nearest 64 bit integer. */
  public static long clamp(BigInteger value) {
    if (value.bitLength() < 64) {
      return value.longValue();
    }
    return value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
