package org.minivql.format.evtx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A place in a part of an array of little-endian data; it cannot leave that part. */
final class Cursor {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] data;
  private final int end;
  private int at;

  Cursor(byte[] data, int from, int end) {
    if (from < 0 || end < from || end > data.length) {
      throw new CorruptException("offset " + from + " lies outside");
    }
    this.data = data;
    this.at = from;
    this.end = end;
  }

  int at() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  /** The next byte without taking it, or -1 at the end. */
  int peek() {
    return at < end ? data[at] & 0xff : -1;
  }

  /** Takes a number of bytes and returns where they start. */
  int skip(int bytes) {
    if (bytes < 0 || bytes > end - at) {
      throw new CorruptException("data ends early at offset " + at);
    }
    int from = at;
    at += bytes;
    return from;
  }

  int u8() {
    return data[skip(1)] & 0xff;
  }

  int u16() {
    return (short) SHORT.get(data, skip(2)) & 0xffff;
  }

  int i32() {
    return (int) INT.get(data, skip(4));
  }

  long i64() {
    return (long) LONG.get(data, skip(8));
  }

  /** A length or an offset: anything beyond the size of an array is damage. */
  int size() {
    int size = i32();
    if (size < 0) {
      throw new CorruptException("size " + Integer.toUnsignedString(size) + " at offset " + at);
    }
    return size;
  }

  /** Text of a number of UTF-16 units; a half of a surrogate pair becomes U+FFFD. */
  String utf16(int units) {
    return text(data, skip(Math.multiplyExact(units, 2)), units * 2);
  }

  /** Text of some bytes of UTF-16. */
  static String text(byte[] data, int from, int bytes) {
    return new String(data, from, bytes, StandardCharsets.UTF_16LE);
  }

  static int i32(byte[] data, int at) {
    return (int) INT.get(data, at);
  }

  static long i64(byte[] data, int at) {
    return (long) LONG.get(data, at);
  }

  static int u16(byte[] data, int at) {
    return (short) SHORT.get(data, at) & 0xffff;
  }
}
