package org.minivql.yara;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.minivql.value.regex.Regexes;

/** Turns the byte patterns of rules into patterns of characters. */
final class Patterns {
  /** The largest number of repetitions that one piece of a pattern may have. */
  private static final int LARGEST = 1000;

  private Patterns() {}

  /** A regular expression. */
  static Pattern regex(String source, String flags, boolean nocase, int line) throws YaraException {
    int options = nocase || flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0;
    options |= flags.contains("s") ? Pattern.DOTALL : 0;
    return compile(source.replaceAll("\\{,(\\d+)\\}", "{0,$1}"), options, line);
  }

  private static Pattern compile(String text, int options, int line) throws YaraException {
    try {
      return Regexes.compile(text, options);
    } catch (PatternSyntaxException e) {
      throw new YaraException(line, "invalid regular expression: " + e.getDescription());
    }
  }

  /** A hex string such as {@code 4D 5A ?? [2-4] (00 | ~01)}. */
  static Pattern hex(String content, int line) throws YaraException {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < content.length()) {
      char c = content.charAt(i);
      if (c <= ' ') {
        i++;
      } else if (c == '(') {
        out.append("(?:");
        i++;
      } else if (c == ')' || c == '|') {
        out.append(c);
        i++;
      } else if (c == '[') {
        int close = content.indexOf(']', i);
        if (close < 0) {
          throw new YaraException(line, "invalid jump in hex string");
        }
        jump(out, content.substring(i + 1, close).replace(" ", ""), line);
        i = close + 1;
      } else {
        boolean not = c == '~';
        int from = not ? i + 1 : i;
        if (from + 2 > content.length() || content.charAt(from + 1) <= ' ') {
          throw new YaraException(line, "uneven number of digits in hex string");
        }
        octet(out, content.charAt(from), content.charAt(from + 1), not, line);
        i = from + 2;
      }
    }
    return compile(out.toString(), Pattern.DOTALL, line);
  }

  private static void octet(StringBuilder out, char high, char low, boolean not, int line)
      throws YaraException {
    String sign = not ? "^" : "";
    if (high == '?' && low == '?') {
      out.append('.');
    } else if (low == '?') {
      int value = digit(high, line) << 4;
      out.append(String.format("[%s\\x{%02x}-\\x{%02x}]", sign, value, value + 15));
    } else if (high == '?') {
      out.append('[').append(sign);
      for (int i = 0; i < 16; i++) {
        out.append(String.format("\\x{%02x}", (i << 4) + digit(low, line)));
      }
      out.append(']');
    } else {
      int value = (digit(high, line) << 4) + digit(low, line);
      out.append(String.format("[%s\\x{%02x}]", sign, value));
    }
  }

  private static int digit(char c, int line) throws YaraException {
    int digit = Character.digit(c, 16);
    if (digit < 0) {
      throw new YaraException(line, "unexpected character '" + c + "' in hex string");
    }
    return digit;
  }

  private static void jump(StringBuilder out, String range, int line) throws YaraException {
    try {
      int dash = range.indexOf('-');
      int least = dash == 0 ? 0 : Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      boolean open = dash >= 0 && dash == range.length() - 1;
      int most = dash < 0 ? least : open ? 0 : Integer.parseInt(range.substring(dash + 1));
      repeat(out, least, line);
      if (open) {
        out.append(".*?");
      } else if (most < least) {
        throw new YaraException(line, "invalid jump in hex string");
      } else {
        upTo(out, most - least, line);
      }
    } catch (NumberFormatException e) {
      throw new YaraException(line, "invalid jump in hex string");
    }
  }

  private static void repeat(StringBuilder out, int times, int line) throws YaraException {
    tooMany(times, line);
    for (int left = times; left > 0; left -= LARGEST) {
      out.append(".{").append(Math.min(left, LARGEST)).append('}');
    }
  }

  private static void upTo(StringBuilder out, int times, int line) throws YaraException {
    tooMany(times, line);
    for (int left = times; left > 0; left -= LARGEST) {
      out.append(".{0,").append(Math.min(left, LARGEST)).append("}?");
    }
  }

  private static void tooMany(int times, int line) throws YaraException {
    if (times > LARGEST * 20) {
      throw new YaraException(line, "jump in hex string is too large");
    }
  }
}
