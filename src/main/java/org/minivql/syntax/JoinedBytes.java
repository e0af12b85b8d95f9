package org.minivql.syntax;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Puts characters together again that were written byte by byte. */
final class JoinedBytes {
  private static final char LONE_BYTE = '\uDC00';

  private JoinedBytes() {}

  /** The text with every run of lone bytes that is UTF-8 replaced by its characters. */
  static String join(CharSequence text) {
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int end = i;
      while (end < text.length() && isLoneByte(text, end)) {
        end++;
      }
      if (end > i) {
        decode(text, i, end, out);
        i = end;
      } else {
        out.append(text.charAt(i++));
      }
    }
    return out.toString();
  }

  private static boolean isLoneByte(CharSequence text, int at) {
    char c = text.charAt(at);
    return c >= LONE_BYTE + 0x80
        && c <= LONE_BYTE + 0xff
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private static void decode(CharSequence text, int from, int to, StringBuilder out) {
    ByteBuffer bytes = ByteBuffer.allocate(to - from);
    for (int i = from; i < to; i++) {
      bytes.put((byte) (text.charAt(i) - LONE_BYTE));
    }
    bytes.flip();
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer characters = CharBuffer.allocate(to - from);
    while (bytes.hasRemaining()) {
      CoderResult result = decoder.reset().decode(bytes, characters, true);
      if (result.isError()) {
        characters.put((char) (LONE_BYTE + (bytes.get() & 0xff)));
      }
    }
    out.append(characters.flip());
  }
}
