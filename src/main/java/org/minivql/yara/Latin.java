package org.minivql.yara;

import java.nio.charset.StandardCharsets;

/** Bytes as characters of the same number. */
final class Latin {
  private Latin() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
