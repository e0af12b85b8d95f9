package org.minivql.builtin.core;

import com.google.re2j.Matcher;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.text.GoFormat;

/** Formatting, splitting and encoding of text. */
final class Strings {
  private Strings() {}

  @VqlFunction(
      name = "format",
      doc = "Text from a template with % verbs; what does not fit leaves a marker in the text.",
      examples = "format(format='%v-%05d', args=('a', 42)) => \"a-00042\"",
      onError = ErrorValue.FALSE)
  static Object format(
      CallContext context,
      @Arg(value = "The template.", required = true) String format,
      @Arg("A list of operands, or the only one.") Object args) {
    return GoFormat.format(context.scope(), format, operands(args));
  }

  private static List<?> operands(Object args) {
    if (args instanceof List<?> list) {
      return list;
    }
    List<Object> operands = new ArrayList<>(1);
    if (args != Absent.ABSENT) {
      operands.add(args);
    }
    return operands;
  }

  @VqlFunction(
      name = "split",
      doc = "The pieces of a string between matches of a pattern, or between a literal separator.",
      examples = "split(string='a,b', sep=',') => [\"a\",\"b\"]")
  static Object split(
      CallContext context,
      @Arg(value = "The string.", required = true) String string,
      @Arg("A pattern, case sensitive.") String sep,
      @Arg(name = "sep_string", value = "A literal separator.") String separator) {
    if (sep != null && !sep.isEmpty()) {
      return byPattern(context, string, sep);
    }
    if (separator != null && !separator.isEmpty()) {
      return byText(string, separator);
    }
    throw new ArgumentException("requires either sep or sep_string");
  }

  private static List<Object> byText(String string, String separator) {
    List<Object> pieces = new ArrayList<>();
    int from = 0;
    int at = string.indexOf(separator);
    while (at >= 0) {
      pieces.add(string.substring(from, at));
      from = at + separator.length();
      at = string.indexOf(separator, from);
    }
    pieces.add(string.substring(from));
    return pieces;
  }

  private static List<Object> byPattern(CallContext context, String string, String sep) {
    List<Object> pieces = new ArrayList<>();
    if (string.isEmpty()) {
      pieces.add("");
      return pieces;
    }
    Matcher matcher;
    try {
      matcher = context.scope().patterns().exact(sep).matcher(context.scope().watched(string));
    } catch (PatternSyntaxException e) {
      throw new ArgumentException(e.getMessage());
    }
    int from = 0;
    int end = 0;
    int before = -1;
    while (matcher.find()) {
      boolean touching = matcher.end() == matcher.start() && matcher.start() == before;
      before = matcher.end();
      if (matcher.end() == 0 || touching) {
        continue;
      }
      end = matcher.start();
      pieces.add(string.substring(from, end));
      from = matcher.end();
    }
    if (end != string.length()) {
      pieces.add(string.substring(from));
    }
    return pieces;
  }

  @VqlFunction(
      name = "encode",
      doc = "A string in another form: hex, string, or utf16 (decoded to UTF-8).",
      examples = "encode(string='abc', type='hex') => \"616263\"",
      logName = "hex")
  static Object encode(
      CallContext context,
      @Arg(value = "What to encode; other values are turned into text.", required = true)
          Object string,
      @Arg(value = "hex, string or utf16.", required = true) String type) {
    String text = context.scope().operators().text(context.scope(), string);
    return switch (type) {
      case "hex" -> HexFormat.of().formatHex(Bytes.encode(text));
      case "string" -> text;
      case "utf16" -> utf16(Bytes.encode(text));
      default -> throw new ArgumentException("encoding " + type + " not supported.");
    };
  }

  private static String utf16(byte[] bytes) {
    Charset charset = StandardCharsets.UTF_16LE;
    int from = 0;
    if (bytes.length >= 2) {
      int mark = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
      if (mark == 0xfffe || mark == 0xfeff) {
        from = 2;
        charset = mark == 0xfeff ? StandardCharsets.UTF_16BE : charset;
      }
    }
    return new String(bytes, from, bytes.length - from, charset);
  }
}
