package org.minivql.syntax.antlr;

/** The integers among the number literals. */
public final class Integers {
  private Integers() {}

  /**
   * The value of a number literal if it is an integer of 64 bits, else null. {@code 0x} means
   * hexadecimal, another leading zero octal.
   */
  public static Long parse(String literal) {
    boolean negative = literal.startsWith("-");
    int at = negative ? 1 : 0;
    int radix = 10;
    if (literal.startsWith("0x", at)) {
      radix = 16;
      at += 2;
    } else if (literal.length() > at + 1 && literal.charAt(at) == '0') {
      radix = 8;
    }
    while (at < literal.length() - 1 && literal.charAt(at) == '0') {
      at++;
    }
    int digits = literal.length() - at;
    if (digits == 0 || digits > 22) {
      return null;
    }
    for (int i = at; i < literal.length(); i++) {
      if (Character.digit(literal.charAt(i), radix) < 0) {
        return null;
      }
    }
    try {
      String unsigned = literal.substring(at);
      return Long.parseLong(negative ? "-" + unsigned : unsigned, radix);
    } catch (NumberFormatException beyond64Bits) {
      return null;
    }
  }
}
