package org.minivql.builtin.net;

import java.io.ByteArrayOutputStream;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Bytes;

/** Percent escapes by the part of a URL they stand in. */
enum UrlEscape {
  /** A path with its slashes. */
  PATH("$&+,/:;=@"),
  /** A host with its port. */
  HOST("!$&'()*+,;=:[]<>\""),
  /** A name or password before the host. */
  USER("$&+,;="),
  /** A name or value in the query. */
  QUERY(""),
  /** What follows the hash mark. */
  FRAGMENT("$&+,/:;=?@!()*");

  private final String plain;

  UrlEscape(String plain) {
    this.plain = plain;
  }

  boolean isPlain(int c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || "-_.~".indexOf(c) >= 0
        || plain.indexOf(c) >= 0;
  }

  /** The text with all that may not stand in the part escaped. */
  String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : Bytes.encode(text)) {
      int c = b & 0xff;
      if (isPlain(c)) {
        out.append((char) c);
      } else if (c == ' ' && this == QUERY) {
        out.append('+');
      } else {
        out.append(String.format("%%%02X", c));
      }
    }
    return out.toString();
  }

  /**
   * The text without escapes.
   *
   * @throws ArgumentException with the reason where an escape is malformed
   */
  String unescape(String text) {
    byte[] bytes = Bytes.encode(text);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int c = bytes[i] & 0xff;
      if (c == '%') {
        boolean whole = i + 2 < bytes.length;
        int high = whole ? Character.digit(bytes[i + 1], 16) : -1;
        int low = whole ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          String rest = Bytes.decode(bytes, i, Math.min(bytes.length, i + 3));
          throw new ArgumentException("invalid URL escape \"" + rest + "\"");
        }
        out.write(high << 4 | low);
        i += 2;
      } else if (this == HOST && c < 0x80 && !isPlain(c)) {
        throw new ArgumentException("invalid character \"" + (char) c + "\" in host name");
      } else {
        out.write(c == '+' && this == QUERY ? ' ' : c);
      }
    }
    return Bytes.decode(out.toByteArray());
  }
}
