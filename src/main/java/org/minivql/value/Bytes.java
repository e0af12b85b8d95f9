package org.minivql.value;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * VQL strings are bytes; this engine keeps them in Java strings without losing any.
 *
 * <p>Valid UTF-8 is the Java string one expects. A byte that is not part of a valid sequence is
 * kept as the lone low surrogate {@code U+DC00 + byte}, which valid text never contains. The
 * mapping is one to one, so equal Java strings are equal byte strings.
 *
 * @since 0.1.0
 */
public final class Bytes {
  private static final char ESCAPE = '\uDC00';

  private Bytes() {}

  /** The VQL string of some bytes. */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /** The VQL string of a part of an array. */
  public static String decode(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    if (i == to) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    StringBuilder text = new StringBuilder(to - from);
    i = from;
    while (i < to) {
      int length = sequence(bytes, i, to);
      if (length == 0) {
        text.append((char) (ESCAPE + (bytes[i] & 0xff)));
        i++;
      } else {
        text.appendCodePoint(codePoint(bytes, i, length));
        i += length;
      }
    }
    return text.toString();
  }

  /** The length of the valid sequence at i, or 0. */
  private static int sequence(byte[] b, int i, int to) {
    int first = b[i] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || i + length > to) {
      return 0;
    }
    int second = b[i + 1] & 0xff;
    int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) {
      return 0;
    }
    for (int k = 2; k < length; k++) {
      if ((b[i + k] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static int codePoint(byte[] b, int i, int length) {
    return switch (length) {
      case 1 -> b[i];
      case 2 -> (b[i] & 0x1f) << 6 | (b[i + 1] & 0x3f);
      case 3 -> (b[i] & 0x0f) << 12 | (b[i + 1] & 0x3f) << 6 | (b[i + 2] & 0x3f);
      default ->
          (b[i] & 0x07) << 18
              | (b[i + 1] & 0x3f) << 12
              | (b[i + 2] & 0x3f) << 6
              | (b[i + 3] & 0x3f);
    };
  }

  /** The bytes of a VQL string. */
  public static byte[] encode(String text) {
    if (!hasSurrogates(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (isEscape(text, i)) {
        out.write(c - ESCAPE);
        i++;
      } else {
        int point = text.codePointAt(i);
        byte[] encoded = new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8);
        out.write(encoded, 0, encoded.length);
        i += Character.charCount(point);
      }
    }
    return out.toByteArray();
  }

  /** The number of bytes of a VQL string. */
  public static int length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800) {
        length += 2;
      } else if (!Character.isSurrogate(c)) {
        length += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        length += 4;
        i++;
      } else {
        length += c >= ESCAPE && c <= ESCAPE + 0xff ? 1 : 3;
      }
    }
    return length;
  }

  /** Whether every character is one byte, so that characters can be counted instead of bytes. */
  public static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /**
   * The text with each byte that is not UTF-8 shown as U+FFFD: what JSON output and patterns see.
   */
  public static String printable(String text) {
    if (!hasSurrogates(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        out.append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        out.append('\uFFFD');
      }
    }
    return out.toString();
  }

  /** Concatenates; bytes cut apart before may join to a character again. */
  public static String concat(String a, String b) {
    if (a.isEmpty()) {
      return b;
    }
    if (b.isEmpty()) {
      return a;
    }
    boolean cut =
        Character.isSurrogate(a.charAt(a.length() - 1)) && Character.isSurrogate(b.charAt(0));
    return cut ? decode(concat(encode(a), encode(b))) : a.concat(b);
  }

  /** Joins bytes that came to stand beside each other to the characters they make. */
  public static String joined(String text) {
    for (int i = 1; i < text.length(); i++) {
      if (Character.isLowSurrogate(text.charAt(i))
          && Character.isLowSurrogate(text.charAt(i - 1))) {
        return decode(encode(text));
      }
    }
    return text;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  /** A slice counted in bytes; the bounds lie inside the string. */
  public static String slice(String text, int from, int to) {
    if (isAscii(text)) {
      return text.substring(from, to);
    }
    return decode(encode(text), from, to);
  }

  /** The bytes of a VQL string as characters from 0 to 255. */
  public static String latin1(String text) {
    return isAscii(text) ? text : new String(encode(text), StandardCharsets.ISO_8859_1);
  }

  /** Byte order, unsigned. */
  public static int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        if (!Character.isSurrogate(x) && !Character.isSurrogate(y)) {
          return x < y ? -1 : 1;
        }
        int from = i > 0 && Character.isHighSurrogate(a.charAt(i - 1)) ? i - 1 : i;
        return Arrays.compareUnsigned(encode(a.substring(from)), encode(b.substring(from)));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static boolean hasSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEscape(String text, int i) {
    char c = text.charAt(i);
    return c >= ESCAPE
        && c <= ESCAPE + 0xff
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)) || isPairedBefore(text, i));
  }

  /** Whether the high surrogate before i already belongs to nothing that i could complete. */
  private static boolean isPairedBefore(String text, int i) {
    return false;
  }
}
