package org.minivql.builtin.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.Timestamp;
import org.minivql.value.Values;
import org.minivql.value.text.GoFormat;
import org.minivql.value.time.DateLayout;

/** Text made from values. */
final class Formatting {
  /** As for a text made by operators. */
  private static final long LONGEST = 100L << 20;

  private Formatting() {}

  @VqlFunction(
      name = "format",
      doc =
          "Fills the verbs of a template with values: %v any value, %s text, %d integer, %x"
              + " hexadecimal, %f float, %q quoted, %T type, with flags, width and precision. What"
              + " does not fit leaves a marker.",
      onError = ErrorValue.FALSE,
      examples = {
        "format(format='%s=%v %03d %.1f %q', args=('k', dict(a=1), 7, 2.25, 'z'))"
            + " => \"k={\\\"a\\\":1} 007 2.2 \\\"z\\\"\"",
        "format(format='%v', args=NULL) => \"Null\"",
        "format(format='%d', args='x') => \"%!d(string=x)\"",
        "format(format='%v') => \"%!v(MISSING)\"",
        "format(format='at %s', args=timestamp(epoch=1299308889))"
            + " => \"at 2011-03-05T07:08:09Z\""
      })
  static Object format(
      CallContext context,
      @Arg(value = "The template.", required = true) String format,
      @Arg("One value, or a list with one value for each verb.") Object args) {
    if (Values.isPlain(args)) {
      return GoFormat.format(context.scope(), format, Collections.singletonList(args));
    }
    List<Object> operands = new ArrayList<>();
    if (args instanceof List<?> list) {
      list.forEach(operand -> operands.add(shown(operand)));
    } else if (args != Absent.ABSENT) {
      operands.add(shown(args));
    }
    return GoFormat.format(context.scope(), format, operands);
  }

  private static Object shown(Object operand) {
    return operand instanceof Timestamp time
        ? DateLayout.of("RFC3339").format(Timestamp.utc(time.instant()))
        : operand;
  }

  @VqlFunction(
      name = "str",
      doc = "The text of any value.",
      onError = ErrorValue.FALSE,
      examples = {
        "str(str=NULL) => \"Null\"",
        "str(str=dict(a=1)) => \"{\\\"a\\\":1}\"",
        "str(str=(1, 'b')) => \"[1 b]\"",
        "str(str=2e7) => \"2e+07\""
      })
  static Object str(CallContext context, @Arg(value = "Any value.", required = true) Object str) {
    return context.scope().operators().text(context.scope(), str);
  }

  @VqlFunction(
      name = "join",
      doc = "The items of a list as one text.",
      onError = ErrorValue.FALSE,
      examples = {
        "join(array=('a', 1, NULL, 2.5), sep='-') => \"a-1-Null-2.5\"",
        "join(array='abc', sep=',') => \"abc\"",
        "join(array=[]) => \"\""
      })
  static Object join(
      @Arg(value = "The items.", required = true) StringList array,
      @Arg("Stands between the items.") String sep) {
    String between = sep == null ? "" : sep;
    long length = (long) between.length() * array.size();
    for (String item : array) {
      length += item.length();
    }
    if (length > LONGEST) {
      throw new ArgumentException("the text would be longer than " + LONGEST + " characters");
    }
    return Bytes.joined(String.join(between, array));
  }
}
