package org.minivql.value.text;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** Numbers of bytes as people say them. */
public final class Sizes {
  private static final List<String> DECIMAL = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
  private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

  private Sizes() {}

  /** In units of 1000 bytes. */
  public static String decimal(long bytes) {
    return size(bytes, 1000, DECIMAL);
  }

  /** In units of 1024 bytes. */
  public static String binary(long bytes) {
    return size(bytes, 1024, BINARY);
  }

  private static String size(long bytes, int base, List<String> units) {
    // The reference takes a negative size for a huge one.
    double size = new BigInteger(Long.toUnsignedString(bytes)).doubleValue();
    if (size < 10) {
      return (long) size + " B";
    }
    int unit = (int) Math.floor(Math.log(size) / Math.log(base));
    double value = Math.floor(size / Math.pow(base, unit) * 10 + 0.5) / 10;
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units.get(unit));
  }
}
