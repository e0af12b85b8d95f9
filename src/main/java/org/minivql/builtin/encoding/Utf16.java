package org.minivql.builtin.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.minivql.spi.Arg;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;

/** Text of two bytes a character, as Windows keeps it. */
final class Utf16 {
  private Utf16() {}

  @VqlFunction(
      name = "utf16",
      doc = "The text of UTF-16LE bytes; an odd last byte is dropped.",
      examples = {
        "utf16(string=\"v\\x00\\xe9\\x00q\") => \"vé\"",
        "utf16(string=\"\\x00\\xd8v\\x00\") => \"\uFFFDv\""
      })
  static Object utf16(@Arg(value = "The bytes.", required = true) String string) {
    byte[] data = Bytes.encode(string);
    char[] text = new char[data.length / 2];
    // The decoder of the JDK swallows the character after half a surrogate pair.
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().get(text);
    return Bytes.printable(String.valueOf(text));
  }

  @VqlFunction(
      name = "utf16_encode",
      doc = "The text as UTF-16LE bytes without a byte order mark.",
      examples = {
        "utf16_encode(string='vq') => \"v\\u0000q\\u0000\"",
        "len(list=utf16_encode(string='vql')) => 6"
      })
  static Object utf16Encode(@Arg(value = "The text.", required = true) String string) {
    return Bytes.decode(Bytes.printable(string).getBytes(StandardCharsets.UTF_16LE));
  }
}
