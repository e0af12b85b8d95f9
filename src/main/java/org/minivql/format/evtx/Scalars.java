package org.minivql.format.evtx;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.minivql.value.Unsigned;

/** The value types of binary XML. */
final class Scalars {
  static final int NULL = 0x00;
  static final int STRING = 0x01;
  static final int BINARY_XML = 0x21;
  static final int ARRAY = 0x80;

  private static final int GUID = 0x0f;
  private static final int FILETIME = 0x11;
  private static final int SYSTEMTIME = 0x12;
  private static final int HEX32 = 0x14;
  private static final int HEX64 = 0x15;
  private static final long EPOCH = 116_444_736_000_000_000L;
  private static final long TICKS = 10_000_000L;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Scalars() {}

  /** The instant of a FILETIME: 100 nanosecond ticks since 1601. */
  static Instant instant(long filetime) {
    long ticks = filetime - EPOCH;
    return Instant.ofEpochSecond(Math.floorDiv(ticks, TICKS), Math.floorMod(ticks, TICKS) * 100);
  }

  /** One value; NULL where the bytes are too few for the type. */
  static Scalar scalar(int type, byte[] data, int from, int size) {
    long bits = width(type) == 8 && size >= 8 ? Cursor.i64(data, from) : 0;
    return new Scalar(type, decode(type, data, from, size), bits);
  }

  private static Object decode(int type, byte[] data, int from, int size) {
    if (size < width(type)) {
      return null;
    }
    return switch (type) {
      case STRING -> trimmed(Cursor.text(data, from, size & ~1));
      case 0x02 -> trimmed(new String(data, from, size, StandardCharsets.ISO_8859_1));
      case 0x03 -> (long) data[from];
      case 0x04 -> (long) (data[from] & 0xff);
      case 0x05 -> (long) (short) Cursor.u16(data, from);
      case 0x06 -> (long) Cursor.u16(data, from);
      case 0x07 -> (long) Cursor.i32(data, from);
      case 0x08, HEX32 -> Cursor.i32(data, from) & 0xffffffffL;
      case 0x09 -> Cursor.i64(data, from);
      case 0x0a, HEX64 -> Unsigned.of(Cursor.i64(data, from));
      case 0x0b -> (double) Float.intBitsToFloat(Cursor.i32(data, from));
      case 0x0c -> Double.longBitsToDouble(Cursor.i64(data, from));
      case 0x0d -> Cursor.i32(data, from) != 0;
      case GUID -> guid(data, from);
      case 0x10 ->
          size >= 8 ? Unsigned.of(Cursor.i64(data, from)) : Cursor.i32(data, from) & 0xffffffffL;
      case FILETIME -> seconds(Cursor.i64(data, from));
      case SYSTEMTIME -> systemTime(data, from);
      case 0x13 -> sid(data, from, size);
      default -> size == 0 ? null : HEX.formatHex(data, from, from + size);
    };
  }

  /** The elements of an array; the type is that of the elements. */
  static List<Scalar> array(int type, byte[] data, int from, int size) {
    List<Scalar> items = new ArrayList<>();
    int end = from + size;
    if (type == STRING || type == 0x02) {
      int unit = type == STRING ? 2 : 1;
      int start = from;
      for (int at = from; at + unit <= end; at += unit) {
        if (data[at] == 0 && data[at + unit - 1] == 0) {
          items.add(scalar(type, data, start, at - start));
          start = at + unit;
        }
      }
      if (start < end) {
        items.add(scalar(type, data, start, end - start));
      }
      return items;
    }
    int at = from;
    while (at < end) {
      int width = type == 0x13 ? sidWidth(data, at, end) : width(type);
      if (width <= 0 || at + width > end) {
        break;
      }
      items.add(scalar(type, data, at, width));
      at += width;
    }
    return items;
  }

  private static int width(int type) {
    return switch (type) {
      case 0x03, 0x04 -> 1;
      case 0x05, 0x06 -> 2;
      case 0x07, 0x08, 0x0b, 0x0d, 0x10, HEX32 -> 4;
      case 0x09, 0x0a, 0x0c, FILETIME, HEX64, 0x13 -> 8;
      case GUID, SYSTEMTIME -> 16;
      default -> 0;
    };
  }

  /** The text of a value in XML, as Windows writes it. */
  static String xmlText(Scalar scalar) {
    Object value = scalar.value();
    if (value == null) {
      return "";
    }
    return switch (scalar.type()) {
      case 0x0a -> Long.toUnsignedString(scalar.bits());
      case GUID -> "{" + value + "}";
      case FILETIME -> instant(scalar.bits()).toString();
      case HEX32 -> "0x" + Long.toHexString((Long) value);
      case HEX64 -> "0x" + Long.toHexString(scalar.bits());
      default -> value.toString();
    };
  }

  private static String trimmed(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return text.substring(0, end);
  }

  /** Rounded in this order, times are equal, digit by digit, to those in rows of the server. */
  private static double seconds(long filetime) {
    return ((double) filetime - (double) EPOCH) / TICKS;
  }

  private static double seconds(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / 100 / (double) TICKS;
  }

  private static Object systemTime(byte[] data, int at) {
    try {
      // The third field is the day of the week.
      LocalDateTime time =
          LocalDateTime.of(
              Cursor.u16(data, at),
              Cursor.u16(data, at + 2),
              Cursor.u16(data, at + 6),
              Cursor.u16(data, at + 8),
              Cursor.u16(data, at + 10),
              Cursor.u16(data, at + 12),
              Cursor.u16(data, at + 14) * 1_000_000);
      return seconds(time.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String guid(byte[] data, int at) {
    return HEX.toHexDigits(Cursor.i32(data, at))
        + '-'
        + HEX.toHexDigits((short) Cursor.u16(data, at + 4))
        + '-'
        + HEX.toHexDigits((short) Cursor.u16(data, at + 6))
        + '-'
        + HEX.formatHex(data, at + 8, at + 10)
        + '-'
        + HEX.formatHex(data, at + 10, at + 16);
  }

  private static int sidWidth(byte[] data, int at, int end) {
    return at + 2 <= end ? 8 + 4 * (data[at + 1] & 0xff) : -1;
  }

  private static String sid(byte[] data, int at, int size) {
    int count = Math.min(data[at + 1] & 0xff, (size - 8) / 4);
    long authority = 0;
    for (int i = 2; i < 8; i++) {
      authority = authority << 8 | data[at + i] & 0xff;
    }
    StringBuilder sid = new StringBuilder("S-");
    sid.append(data[at] & 0xff).append('-').append(authority);
    for (int i = 0; i < count; i++) {
      sid.append('-').append(Cursor.i32(data, at + 8 + 4 * i) & 0xffffffffL);
    }
    return sid.toString();
  }
}
