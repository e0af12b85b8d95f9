package org.minivql.builtin.text;

import java.util.function.IntUnaryOperator;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;

/** The letters of a text: their case, the blanks around them, a part of them. */
final class Letters {
  private Letters() {}

  @VqlFunction(
      name = "upcase",
      doc = "The text with each letter in upper case, one code point for one code point.",
      examples = {"upcase(string='maße') => \"MAßE\"", "upcase(string=7) => \"7\""})
  static Object upcase(@Arg(value = "The text.", required = true) String string) {
    return map(string, Character::toUpperCase);
  }

  @VqlFunction(
      name = "lowcase",
      doc = "The text with each letter in lower case, one code point for one code point.",
      examples = {"lowcase(string='ÉTÉ') => \"été\"", "lowcase(string=NULL) => \"\""})
  static Object lowcase(@Arg(value = "The text.", required = true) String string) {
    return map(string, Character::toLowerCase);
  }

  private static String map(String text, IntUnaryOperator letter) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().map(letter).forEach(out::appendCodePoint);
    return out.toString();
  }

  @VqlFunction(
      name = "strip",
      version = 2,
      doc =
          "The text without a prefix and a suffix; without either, the text without the white space"
              + " around it.",
      onError = ErrorValue.FALSE,
      examples = {
        "strip(string=' a b \\n') => \"a b\"",
        "strip(string='  x', prefix=' ') => \" x\"",
        "strip(string='onetwo', prefix='one', suffix='two') => \"\""
      })
  static Object strip(
      @Arg(value = "The text.", required = true) String string,
      @Arg("Removed once from the start.") String prefix,
      @Arg("Removed once from the end.") String suffix) {
    boolean start = prefix != null && !prefix.isEmpty();
    boolean end = suffix != null && !suffix.isEmpty();
    if (!start && !end) {
      return trim(string);
    }
    String text = start && string.startsWith(prefix) ? string.substring(prefix.length()) : string;
    return end && text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  private static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c >= '\t' && c <= '\r' || c == '\u0085' || Character.isSpaceChar(c);
  }

  @VqlFunction(
      name = "substr",
      doc = "A part of the text, counted in code points. A start beyond the end counts as 0.",
      examples = {
        "substr(str='naïve', start=2, end=4) => \"ïv\"",
        "substr(str=98765, start=1, end=3) => \"87\"",
        "substr(str='abc', start=7) => \"abc\"",
        "substr(str='abc', start=-1) => null"
      })
  static Object substr(
      @Arg(value = "The text.", required = true) String str,
      @Arg("The index of the first code point.") long start,
      @Arg("The index after the last code point; 0 for the end.") long end) {
    if (start < 0 || end < 0) {
      throw new ArgumentException("Start and End values must be greater than 0");
    }
    if (end != 0 && end < start) {
      throw new ArgumentException("End must be greater than start!");
    }
    int length = str.codePointCount(0, str.length());
    int from = start >= length ? 0 : (int) start;
    int to = end == 0 || end > length ? length : (int) end;
    int first = str.offsetByCodePoints(0, from);
    return Bytes.joined(str.substring(first, str.offsetByCodePoints(first, to - from)));
  }
}
