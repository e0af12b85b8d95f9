package org.minivql.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Timestamp;
import org.minivql.value.Unsigned;
import org.minivql.value.Values;

/** Reads the values of a {@link SpillFile} one after the other. */
public final class SpillReader {
  private static final int BLOCK = 1 << 15;

  private final FileChannel channel;
  private final List<Shape> shapes;
  private final List<Object> held;
  private final long end;
  private byte[] bytes = new byte[BLOCK];
  private int at;
  private int filled;
  private long next;

  SpillReader(FileChannel channel, long from, long end, List<Shape> shapes, List<Object> held) {
    this.channel = channel;
    this.next = from;
    this.end = end;
    this.shapes = shapes;
    this.held = held;
  }

  /** Whether there is another value. */
  public boolean hasNext() {
    return at < filled || next < end;
  }

  /**
   * The next value.
   *
   * @throws UncheckedIOException where the file cannot be read
   */
  public Object next() {
    try {
      return value();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a temporary file", e);
    }
  }

  private Object value() throws IOException {
    int tag = octet();
    return switch (tag) {
      case SpillWriter.NULL -> null;
      case SpillWriter.TRUE -> Boolean.TRUE;
      case SpillWriter.FALSE -> Boolean.FALSE;
      case SpillWriter.LONG -> {
        long folded = number();
        yield folded >>> 1 ^ -(folded & 1);
      }
      case SpillWriter.DOUBLE -> Double.longBitsToDouble(fixed());
      case SpillWriter.LATIN -> latin();
      case SpillWriter.UTF16 -> utf16();
      case SpillWriter.LIST -> list();
      case SpillWriter.DICT -> dict();
      case SpillWriter.TIME -> Timestamp.utc(Instant.ofEpochSecond(fixed(), number()));
      case SpillWriter.HELD -> held.get((int) number());
      case SpillWriter.ABSENT -> Absent.ABSENT;
      case SpillWriter.NIL -> Values.NIL;
      case SpillWriter.UNSIGNED -> Unsigned.of(fixed());
      default -> throw new IOException("no value begins with " + tag);
    };
  }

  private Object list() throws IOException {
    int size = (int) number();
    List<Object> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(value());
    }
    return list;
  }

  private Object dict() throws IOException {
    Shape shape = shapes.get((int) number());
    Object[] cells = new Object[shape.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = value();
    }
    return Dict.over(shape, cells);
  }

  private String latin() throws IOException {
    int length = (int) number();
    need(length);
    String text = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    at += length;
    return text;
  }

  private String utf16() throws IOException {
    char[] chars = new char[(int) number()];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) (octet() << 8 | octet());
    }
    return new String(chars);
  }

  private long number() throws IOException {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
  }

  private long fixed() throws IOException {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << Byte.SIZE | octet();
    }
    return value;
  }

  private int octet() throws IOException {
    if (at == filled) {
      need(1);
    }
    return bytes[at++] & 0xff;
  }

  private void need(int count) throws IOException {
    if (filled - at >= count) {
      return;
    }
    int left = filled - at;
    byte[] target = count > bytes.length ? Arrays.copyOf(bytes, count) : bytes;
    System.arraycopy(bytes, at, target, 0, left);
    bytes = target;
    at = 0;
    filled = left;
    while (filled < count) {
      int room = (int) Math.min(bytes.length - filled, end - next);
      int read = room == 0 ? -1 : channel.read(ByteBuffer.wrap(bytes, filled, room), next);
      if (read < 0) {
        throw new EOFException();
      }
      filled += read;
      next += read;
    }
  }
}
