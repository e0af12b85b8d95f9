package org.minivql.builtin.binary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.minivql.value.Bytes;

/**
 * A text of a length or up to a terminator.
 *
 * @param length the bytes to read, a number or a lambda
 * @param maxLength the most bytes to read
 * @param terminator the bytes that end it; none where empty
 * @param termination a lambda for the terminator, or null
 * @param utf16 whether it is UTF-16
 */
record TextType(Object length, long maxLength, byte[] terminator, Object termination, boolean utf16)
    implements BinaryType {
  private static final long LONGEST = 64L << 20;

  @Override
  public Object value(Reading in, long offset, Struct parent) {
    byte[] raw = raw(in, offset, parent);
    return utf16 ? new String(raw, StandardCharsets.UTF_16LE) : Bytes.decode(raw);
  }

  private byte[] raw(Reading in, long offset, Struct parent) {
    long wanted = Math.min(in.number(length, parent, maxLength), Math.min(maxLength, LONGEST));
    int size = (int) Math.max(0, Math.min(wanted, in.pages().left(offset)));
    byte[] bytes = in.pages().bytes(offset, size);
    byte[] end = terminator;
    if (termination != null && in.evaluate(termination, parent) instanceof String text) {
      end = Bytes.encode(text);
    }
    int found = end.length == 0 ? -1 : find(bytes, end);
    int length = found < 0 ? size : found;
    return Arrays.copyOf(bytes, utf16 ? length & ~1 : length);
  }

  private int find(byte[] bytes, byte[] end) {
    int step = utf16 ? 2 : 1;
    for (int i = 0; i + end.length <= bytes.length; i += step) {
      if (Arrays.equals(bytes, i, i + end.length, end, 0, end.length)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public long size(Reading in, long offset, Struct parent, Object value) {
    return raw(in, offset, parent).length;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
