package org.minivql.builtin.number;

import java.math.BigInteger;
import java.util.Locale;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.IntegerText;
import org.minivql.value.Unsigned;
import org.minivql.value.Values;

/** Numbers from texts and from chance. */
final class Numbers {
  private Numbers() {}

  @VqlFunction(
      name = "int",
      doc =
          "The integer a text stands for (0x, 0b, 0o and a leading 0 tell the base), or a float"
              + " without its fraction; 0 for anything else.",
      onError = ErrorValue.FALSE,
      examples = {
        "int(int='0x2A') => 42",
        "int(int='017') => 15",
        "int(int='2_000') => 2000",
        "int(int='2.5') => 0",
        "int(int=-2.9) => -2",
        "int(int=TRUE) => 0"
      })
  static Object toInt(@Arg(value = "The value.", name = "int") Object value) {
    return value instanceof Boolean ? 0L : integer(value);
  }

  @VqlFunction(
      name = "atoi",
      doc = "The integer a text stands for, a number without its fraction, 1 for TRUE, else 0.",
      examples = {
        "atoi(string='12') => 12",
        "atoi(string='twelve') => 0",
        "atoi(string=TRUE) => 1",
        "atoi(string='10000000000000000000') => 9223372036854775807"
      })
  static Object atoi(@Arg(value = "The value.", required = true) Object string) {
    return integer(string);
  }

  private static long integer(Object value) {
    if (value instanceof String text) {
      BigInteger number = IntegerText.parse(text);
      return number == null ? 0 : IntegerText.clamp(number);
    }
    if (value instanceof Unsigned) {
      return Long.MAX_VALUE;
    }
    return Values.isNumeric(value) ? Values.toLong(value) : 0;
  }

  @VqlFunction(
      name = "parse_float",
      doc = "The float a text stands for, 0 where it is none; integers stay integers.",
      examples = {
        "parse_float(string='2.5') => 2.5",
        "parse_float(string='1e3') => 1000",
        "parse_float(string='x') => 0",
        "parse_float(string=7) => 7"
      })
  static Object parseFloat(@Arg(value = "The value.", required = true) Object string) {
    if (string instanceof Double) {
      return string;
    }
    return string instanceof String text ? (Object) decimal(text) : (Object) integer(string);
  }

  private static double decimal(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.matches("[+-]?(inf|infinity)")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (lower.equals("nan")) {
      return Double.NaN;
    }
    // Double.parseDouble also takes blanks around the number and a type letter after it.
    boolean number =
        lower.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?")
            || lower.matches("[+-]?0x[0-9a-f]*\\.?[0-9a-f]*p[+-]?[0-9]+");
    return number ? Double.parseDouble(lower) : 0;
  }

  @VqlFunction(
      name = "rand",
      doc = "A random integer from 0 up to, but without, the range; 0 without a range.",
      onError = ErrorValue.FALSE,
      examples = {"rand(range=1) => 0", "rand() => 0", "rand(range=-5) => 0"})
  static Object rand(CallContext context, @Arg("Above the largest number.") long range) {
    return range <= 0 ? 0L : context.scope().random().nextLong(range);
  }
}
