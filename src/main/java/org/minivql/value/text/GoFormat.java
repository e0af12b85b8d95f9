package org.minivql.value.text;

import java.util.List;
import org.minivql.value.Bytes;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/**
 * Text from a template with {@code %} verbs, as {@code format()} makes it. What does not fit is
 * never an error: it leaves a marker such as {@code %!d(string=a)} in the text.
 *
 * @since 0.1.0
 */
public final class GoFormat {
  private static final int TOO_LARGE = 1_000_000;

  private final Scope scope;
  private final String format;
  private final List<?> operands;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int next;
  private boolean afterIndex;
  private boolean goodIndex;
  private boolean reordered;

  private GoFormat(Scope scope, String format, List<?> operands) {
    this.scope = scope;
    this.format = format;
    this.operands = operands;
  }

  /**
   * Fills a template.
   *
   * @param scope gives values their text
   * @param format the template
   * @param operands the values for its verbs, in order
   * @return the text, with markers for what did not fit
   */
  public static String format(Scope scope, String format, List<?> operands) {
    return new GoFormat(scope, format, operands).run();
  }

  private String run() {
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      if (percent < 0) {
        out.append(format, at, format.length());
        break;
      }
      out.append(format, at, percent);
      at = percent + 1;
      verb();
    }
    if (!reordered && next < operands.size()) {
      extra();
    }
    return Bytes.joined(out.toString());
  }

  private void extra() {
    String separator = "%!(EXTRA ";
    for (Object operand : operands.subList(next, operands.size())) {
      out.append(separator).append(Values.typeName(operand)).append('=');
      new GoPrinter(scope, out, new GoPrinter.Flags()).print(operand, 'v');
      separator = ", ";
    }
    out.append(')');
  }

  private void verb() {
    if (plain()) {
      return;
    }
    GoPrinter.Flags flags = flags();
    goodIndex = true;
    afterIndex = false;
    index();
    width(flags);
    precision(flags);
    if (!afterIndex) {
      index();
    }
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int verb = format.codePointAt(at);
    at += Character.charCount(verb);
    if (verb == '%') {
      out.append('%');
    } else if (!goodIndex) {
      marker(verb, "BADINDEX");
    } else if (next >= operands.size()) {
      marker(verb, "MISSING");
    } else {
      if (verb == 'v') {
        flags.source = flags.sharp;
        flags.sharp = false;
        flags.plus = false;
      }
      new GoPrinter(scope, out, flags).print(operands.get(next++), verb);
    }
  }

  /** The common case: a verb without flags for a value that is its own text. */
  private boolean plain() {
    if (at >= format.length() || next >= operands.size()) {
      return false;
    }
    char verb = format.charAt(at);
    Object operand = operands.get(next);
    if (operand instanceof Long number && (verb == 'v' || verb == 'd')) {
      out.append(number.longValue());
    } else if (operand instanceof String text && (verb == 'v' || verb == 's')) {
      out.append(text);
    } else {
      return false;
    }
    at++;
    next++;
    return true;
  }

  private void marker(int verb, String what) {
    out.append("%!").appendCodePoint(verb).append('(').append(what).append(')');
  }

  private GoPrinter.Flags flags() {
    GoPrinter.Flags flags = new GoPrinter.Flags();
    for (; at < format.length(); at++) {
      switch (format.charAt(at)) {
        case '#' -> flags.sharp = true;
        case '0' -> flags.zero = !flags.minus;
        case '+' -> flags.plus = true;
        case ' ' -> flags.space = true;
        case '-' -> {
          flags.minus = true;
          flags.zero = false;
        }
        default -> {
          return flags;
        }
      }
    }
    return flags;
  }

  private void width(GoPrinter.Flags flags) {
    if (!star()) {
      flags.width = number();
      if (afterIndex && flags.width >= 0) {
        goodIndex = false;
      }
      return;
    }
    Long given = integerOperand();
    if (given == null) {
      out.append("%!(BADWIDTH)");
      return;
    }
    if (given < 0) {
      flags.minus = true;
      flags.zero = false;
    }
    flags.width = (int) Math.abs(given);
    afterIndex = false;
  }

  private void precision(GoPrinter.Flags flags) {
    if (at >= format.length() || format.charAt(at) != '.') {
      return;
    }
    at++;
    if (afterIndex) {
      goodIndex = false;
    }
    index();
    if (!star()) {
      flags.precision = Math.max(0, number());
      return;
    }
    Long given = integerOperand();
    if (given == null || given < 0) {
      out.append("%!(BADPREC)");
    } else {
      flags.precision = given.intValue();
    }
    afterIndex = false;
  }

  private boolean star() {
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      return true;
    }
    return false;
  }

  private Long integerOperand() {
    if (next >= operands.size()) {
      return null;
    }
    Object operand = operands.get(next++);
    return operand instanceof Long number && Math.abs(number) <= TOO_LARGE ? number : null;
  }

  /** The decimal number here, or -1 where there is none. */
  private int number() {
    int value = -1;
    while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
      value = Math.max(0, value) * 10 + format.charAt(at++) - '0';
      if (value > TOO_LARGE) {
        at = format.length();
        return -1;
      }
    }
    return value;
  }

  /** An explicit operand number such as {@code [2]}. */
  private void index() {
    afterIndex = false;
    if (at >= format.length() || format.charAt(at) != '[') {
      return;
    }
    reordered = true;
    int close = format.indexOf(']', at);
    if (close < 0) {
      goodIndex = false;
      at++;
      return;
    }
    String inside = format.substring(at + 1, close);
    at = close + 1;
    if (!inside.matches("[0-9]{1,7}")) {
      goodIndex = false;
      return;
    }
    afterIndex = true;
    int index = Integer.parseInt(inside) - 1;
    if (index >= 0 && index < operands.size()) {
      next = index;
    } else {
      goodIndex = false;
    }
  }
}
