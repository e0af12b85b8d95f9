package org.minivql.fleet.layout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.minivql.accessor.PathStyle;

/** The names of things as parts of file names: letters and digits stay, the rest is escaped. */
public final class PathNames {
  private static final int LONG = 250;
  private static final String KEPT = "-_.~ $";
  private static final String HEX = "0123456789ABCDEF";

  private PathNames() {}

  /** The file name of a thing. */
  public static String encode(String name) {
    StringBuilder out = new StringBuilder();
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean edge = c == '.' && (i == 0 || i == bytes.length - 1);
      boolean kept = c < 128 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0);
      if (kept && !edge) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    String text = out.toString();
    if (text.length() >= LONG) {
      return hashed(bytes);
    }
    return text.endsWith(".db") || text.endsWith("_") ? text + "_" : text;
  }

  /** The name of a thing whose own is too long for a file; {@code LongNames} reads it back. */
  private static String hashed(byte[] name) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(name);
      return "#" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The thing that a file name stands for; one that was too long stays what it is. */
  public static String decode(String file) {
    return PathStyle.unescape(
        file.endsWith(".db_") || file.endsWith("__") ? file.substring(0, file.length() - 1) : file);
  }
}
