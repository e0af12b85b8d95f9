package org.minivql.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Nesting;
import org.minivql.value.Shape;
import org.minivql.value.Timestamp;
import org.minivql.value.Unsigned;
import org.minivql.value.Values;

/**
 * Turns values into bytes: a tag and what it needs. Whole numbers take as few bytes as they can.
 */
final class SpillWriter {
  static final int NULL = 0;
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int LONG = 3;
  static final int DOUBLE = 4;
  static final int LATIN = 5;
  static final int UTF16 = 6;
  static final int LIST = 7;
  static final int DICT = 8;
  static final int TIME = 9;
  static final int HELD = 10;
  static final int ABSENT = 11;
  static final int NIL = 12;
  static final int UNSIGNED = 13;

  private static final int BLOCK = 1 << 16;
  private static final int LONGEST_NUMBER = 10;

  private final Consumer<ByteBuffer> out;
  private final List<Shape> shapes;
  private final List<Object> held;
  private final Map<Shape, Integer> numbers = new IdentityHashMap<>();
  private byte[] bytes = new byte[BLOCK];
  private int at;
  private long flushed;
  private int depth;

  SpillWriter(Consumer<ByteBuffer> out, List<Shape> shapes, List<Object> held) {
    this.out = out;
    this.shapes = shapes;
    this.held = held;
  }

  long position() {
    return flushed + at;
  }

  void flush() {
    if (at > 0) {
      out.accept(ByteBuffer.wrap(bytes, 0, at));
      flushed += at;
      at = 0;
    }
  }

  void write(Object value) {
    if (value == null) {
      tag(NULL);
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Long number) {
      tag(LONG);
      number(number << 1 ^ number >> Long.SIZE - 1);
    } else if (value instanceof Boolean bool) {
      tag(bool ? TRUE : FALSE);
    } else if (value instanceof Double number) {
      tag(DOUBLE);
      fixed(Double.doubleToRawLongBits(number));
    } else if (value instanceof Dict dict && depth < Nesting.ROOM) {
      dict(dict);
    } else {
      other(value);
    }
  }

  private void other(Object value) {
    if (value instanceof Timestamp time && time.zone() == ZoneOffset.UTC) {
      tag(TIME);
      fixed(time.instant().getEpochSecond());
      number(time.instant().getNano());
    } else if (value instanceof Unsigned number) {
      tag(UNSIGNED);
      fixed(number.longValue());
    } else if (value == Absent.ABSENT) {
      tag(ABSENT);
    } else if (value == Values.NIL) {
      tag(NIL);
    } else if (isPlainList(value) && depth < Nesting.ROOM) {
      list((List<?>) value);
    } else {
      tag(HELD);
      number(held.size());
      held.add(value);
    }
  }

  private static boolean isPlainList(Object value) {
    return value instanceof List<?> && value.getClass().getName().startsWith("java.");
  }

  private void list(List<?> list) {
    tag(LIST);
    number(list.size());
    depth++;
    list.forEach(this::write);
    depth--;
  }

  private void dict(Dict dict) {
    tag(DICT);
    Integer number = numbers.get(dict.shape());
    if (number == null) {
      number = shapes.size();
      shapes.add(dict.shape());
      numbers.put(dict.shape(), number);
    }
    number(number);
    depth++;
    for (int i = 0; i < dict.size(); i++) {
      write(dict.cell(i));
    }
    depth--;
  }

  private void text(String text) {
    boolean latin = true;
    for (int i = 0; i < text.length() && latin; i++) {
      latin = text.charAt(i) < 0x100;
    }
    tag(latin ? LATIN : UTF16);
    number(text.length());
    if (latin) {
      raw(text.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    // Not an encoder: it would replace unpaired surrogates.
    for (int i = 0; i < text.length(); i++) {
      room(2);
      bytes[at++] = (byte) (text.charAt(i) >> 8);
      bytes[at++] = (byte) text.charAt(i);
    }
  }

  private void raw(byte[] data) {
    room(data.length);
    System.arraycopy(data, 0, bytes, at, data.length);
    at += data.length;
  }

  private void tag(int tag) {
    room(1);
    bytes[at++] = (byte) tag;
  }

  private void number(long value) {
    room(LONGEST_NUMBER);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  private void fixed(long value) {
    room(Long.BYTES);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[at++] = (byte) (value >> shift);
    }
  }

  private void room(int count) {
    if (at + count > bytes.length) {
      flush();
      if (count > bytes.length) {
        bytes = Arrays.copyOf(bytes, count);
      }
    }
  }
}
