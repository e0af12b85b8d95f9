package org.minivql.builtin.binary;

import java.util.Map;
import org.minivql.value.Unsigned;

/** The built-in types without options. */
final class Scalars {
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("int", "int32"),
          Map.entry("char", "int8"),
          Map.entry("byte", "uint8"),
          Map.entry("short int", "int16"),
          Map.entry("unsigned char", "uint8"),
          Map.entry("unsigned short", "uint16"),
          Map.entry("unsigned int", "uint32"),
          Map.entry("unsigned long", "uint32"),
          Map.entry("unsigned long long", "uint64"));

  private Scalars() {}

  /** The type of a name, or null. */
  static BinaryType named(String given) {
    String name = ALIASES.getOrDefault(given, given);
    boolean big = name.endsWith("be") || name.endsWith("b") && !name.endsWith("leb128");
    String plain = name.endsWith("be") ? name.substring(0, name.length() - 2) : name;
    plain =
        plain.endsWith("b") && !plain.startsWith("leb")
            ? plain.substring(0, plain.length() - 1)
            : plain;
    return switch (plain) {
      case "uint8" -> new Whole(1, false, big);
      case "uint16" -> new Whole(2, false, big);
      case "uint32" -> new Whole(4, false, big);
      case "uint64" -> new Whole(8, false, big);
      case "int64" -> new Whole(8, true, big);
      case "int8" -> new Whole(1, true, big);
      case "int16" -> new Whole(2, true, big);
      case "int32" -> new Whole(4, true, big);
      case "float64" -> new Floating(big);
      case "leb128" -> new Leb128(false);
      case "sleb128" -> new Leb128(true);
      case "FatTimestamp" -> new FatTime();
      default -> null;
    };
  }

  /** An integer of 1 to 8 bytes. */
  record Whole(int bytes, boolean signed, boolean bigEndian) implements BinaryType {
    @Override
    public Object value(Reading in, long offset, Struct parent) {
      byte[] raw = in.pages().bytes(offset, bytes);
      long value = 0;
      for (int i = 0; i < bytes; i++) {
        int at = bigEndian ? i : bytes - 1 - i;
        value = value << 8 | raw[at] & 0xff;
      }
      int unused = 64 - 8 * bytes;
      return signed ? (Object) (value << unused >> unused) : Unsigned.of(value);
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      return bytes;
    }
  }

  private record Floating(boolean bigEndian) implements BinaryType {
    @Override
    public Object value(Reading in, long offset, Struct parent) {
      return Double.longBitsToDouble(
          (Long) new Whole(8, true, bigEndian).value(in, offset, parent));
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      return Double.BYTES;
    }
  }

  /** Seven bits a byte, the lowest first. */
  private record Leb128(boolean signed) implements BinaryType {
    private static final int LONGEST = 10;

    @Override
    public Object value(Reading in, long offset, Struct parent) {
      byte[] raw = in.pages().bytes(offset, LONGEST);
      long value = 0;
      for (int i = 0; i < LONGEST; i++) {
        value |= (raw[i] & 0x7fL) << 7 * i;
        if (raw[i] >= 0) {
          break;
        }
      }
      return signed ? (Object) value : Unsigned.of(value);
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      byte[] raw = in.pages().bytes(offset, LONGEST);
      int size = 1;
      while (size < LONGEST && raw[size - 1] < 0) {
        size++;
      }
      return size;
    }
  }

  /** Date and time of 16 bits each, as DOS kept them. */
  private record FatTime() implements BinaryType {
    @Override
    public Object value(Reading in, long offset, Struct parent) {
      byte[] raw = in.pages().bytes(offset, 4);
      int date = raw[0] & 0xff | (raw[1] & 0xff) << 8;
      int time = raw[2] & 0xff | (raw[3] & 0xff) << 8;
      return TimeTypes.fat(date, time);
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      return 4;
    }
  }
}
