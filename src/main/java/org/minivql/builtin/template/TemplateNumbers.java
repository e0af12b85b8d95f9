package org.minivql.builtin.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.minivql.value.Absent;
import org.minivql.value.Timestamp;
import org.minivql.value.time.DateLayout;
import org.minivql.value.time.Times;

/** Functions about numbers and times. */
final class TemplateNumbers {
  private TemplateNumbers() {}

  static Object call(String name, Operands a) {
    return switch (name) {
      case "int", "int64", "atoi", "toDecimal" -> Operands.integer(a.get(0));
      case "float64" -> a.decimal(0);
      case "add" -> folded(a, 0, Long::sum);
      case "add1" -> Operands.integer(a.get(0)) + 1;
      case "sub" -> Operands.integer(a.get(0)) - Operands.integer(a.get(1));
      case "mul" -> folded(a, 1, (x, y) -> x * y);
      case "div" -> Operands.integer(a.get(0)) / divisor(a);
      case "mod" -> Operands.integer(a.get(0)) % divisor(a);
      case "max", "biggest" -> folded(a, Long.MIN_VALUE, Math::max);
      case "min" -> folded(a, Long.MAX_VALUE, Math::min);
      case "floor" -> Math.floor(a.decimal(0));
      case "ceil" -> Math.ceil(a.decimal(0));
      case "round" -> rounded(a.decimal(0), a.size() > 1 ? a.count(1) : 0);
      case "until" -> steps(0, a.integer(0), a.integer(0) < 0 ? -1 : 1);
      case "untilStep" -> steps(a.integer(0), a.integer(1), a.integer(2));
      case "now" -> Timestamp.utc(a.scope().clock().instant());
      case "date" -> date(a, Times.zone(a.scope()));
      case "dateInZone" -> date(a, Times.zone(a.scope(), a.text(2)));
      case "unixEpoch" -> epoch(a);
      default -> Absent.ABSENT;
    };
  }

  private static Object folded(Operands a, long start, LongBinaryOperator step) {
    long value = start;
    for (Object operand : a.all()) {
      value = step.applyAsLong(value, Operands.integer(operand));
    }
    return value;
  }

  private static long divisor(Operands a) {
    long divisor = Operands.integer(a.get(1));
    if (divisor == 0) {
      throw new TemplateException("integer divide by zero");
    }
    return divisor;
  }

  private static Object rounded(double value, int digits) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    return BigDecimal.valueOf(value)
        .setScale(Math.min(digits, 300), RoundingMode.HALF_UP)
        .doubleValue();
  }

  private static List<Object> steps(long start, long end, long step) {
    List<Object> numbers = new ArrayList<>();
    if (step == 0) {
      return numbers;
    }
    for (long i = start; step > 0 ? i < end : i > end; i += step) {
      numbers.add(i);
      if (numbers.size() > 1_000_000) {
        throw new TemplateException("a list of more than a million numbers");
      }
    }
    return numbers;
  }

  private static Object date(Operands a, ZoneId zone) {
    Timestamp time = Times.parse(a.scope(), a.get(1));
    return time == null ? "" : DateLayout.of(a.text(0)).format(new Timestamp(time.instant(), zone));
  }

  private static Object epoch(Operands a) {
    Timestamp time = Times.parse(a.scope(), a.get(0));
    return time == null ? "" : Long.toString(time.instant().getEpochSecond());
  }
}
