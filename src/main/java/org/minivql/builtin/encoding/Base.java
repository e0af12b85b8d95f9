package org.minivql.builtin.encoding;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;

/** Bytes written with letters: base 64, base 85, hexadecimal. */
final class Base {
  private static final String ASCII85 = "illegal ascii85 data at input byte ";

  private Base() {}

  @VqlFunction(
      name = "base64encode",
      doc = "The bytes in base 64, with padding.",
      examples = "base64encode(string='vql!') => \"dnFsIQ==\"")
  static Object base64encode(@Arg(value = "The bytes.", required = true) String string) {
    return Base64.getEncoder().encodeToString(Bytes.encode(string));
  }

  @VqlFunction(
      name = "base64decode",
      doc = "The bytes of a base 64 text with padding; NULL where it is none.",
      examples = {
        "base64decode(string='dnFs\\nIQ==') => \"vql!\"",
        "base64decode(string='dnFsIQ') => null",
        "base64decode(string='') => \"\""
      })
  static Object base64decode(@Arg(value = "The text.", required = true) String string) {
    String text = string.replace("\n", "").replace("\r", "");
    if (text.length() % 4 != 0) {
      return null;
    }
    try {
      return Bytes.decode(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      // Queries ask whether a text is base 64 by decoding it; a log line would only disturb them.
      return null;
    }
  }

  @VqlFunction(
      name = "base85decode",
      doc = "The bytes of an Ascii85 text, with or without its markers, as far as it can be read.",
      examples = "base85decode(string='<~9jqo^~>') => \"Man \"")
  static Object base85decode(
      CallContext context, @Arg(value = "The text.", required = true) String string) {
    String text = string.strip();
    text = text.startsWith("<~") ? text.substring(2) : text;
    text = text.endsWith("~>") ? text.substring(0, text.length() - 2) : text;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String problem = ascii85(text, out);
    if (problem != null) {
      context.log(out.size() + " " + problem);
    }
    return Bytes.decode(out.toByteArray());
  }

  /** Decodes until the end or the first problem, which is returned. */
  private static String ascii85(String text, ByteArrayOutputStream out) {
    int group = 0;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ') {
        continue;
      }
      if (c == 'z' && digits == 0) {
        digits = 5;
        group = 0;
      } else if (c >= '!' && c <= 'u') {
        group = group * 85 + (c - '!');
        digits++;
      } else {
        return ASCII85 + i;
      }
      if (digits == 5) {
        put(out, group, 4);
        group = 0;
        digits = 0;
      }
    }
    if (digits == 1) {
      return ASCII85 + text.length();
    }
    if (digits > 1) {
      // The digits that are missing count as the highest ones.
      for (int i = digits; i < 5; i++) {
        group = group * 85 + 84;
      }
      put(out, group, digits - 1);
    }
    return null;
  }

  private static void put(ByteArrayOutputStream out, int group, int count) {
    for (int i = 0; i < count; i++) {
      out.write(group >>> (24 - 8 * i));
    }
  }

  @VqlFunction(
      name = "unhex",
      doc = "The bytes of hexadecimal digits, up to the first that is none. Blanks are ignored.",
      onError = ErrorValue.FALSE,
      examples = {
        "unhex(string='0x56 51') => \"VQ\"",
        "unhex(string='56qq51') => \"V\"",
        "unhex(string='5') => \"\""
      })
  static Object unhex(@Arg("The digits.") String string) {
    String digits = string == null ? "" : string.replace(" ", "");
    digits = digits.startsWith("0x") ? digits.substring(2) : digits;
    ByteArrayOutputStream out = new ByteArrayOutputStream(digits.length() / 2);
    for (int i = 0; i + 1 < digits.length(); i += 2) {
      int high = digit(digits.charAt(i));
      int low = digit(digits.charAt(i + 1));
      if (high < 0 || low < 0) {
        break;
      }
      out.write(high << 4 | low);
    }
    return Bytes.decode(out.toByteArray());
  }

  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
