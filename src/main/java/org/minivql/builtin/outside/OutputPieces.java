package org.minivql.builtin.outside;

import java.util.Arrays;
import org.minivql.value.Bytes;
import org.minivql.value.Limit;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** Cuts a stream of bytes at a separator, and where it is longer than allowed. */
final class OutputPieces {
  private static final int LONGEST = 256 << 20;
  private static final int SHORTEST_BUFFER = 1 << 10;

  private final Scope scope;
  private final byte[] separator;
  private final int length;
  private byte[] held = new byte[SHORTEST_BUFFER];
  private int size;

  /**
   * Pieces of some output.
   *
   * @param separator what is between pieces, and in none of them; empty for nothing
   * @param length the most bytes of a piece
   */
  OutputPieces(Scope scope, byte[] separator, long length) {
    this.scope = scope;
    this.separator = separator;
    this.length = (int) Math.max(1, Math.min(length, LONGEST));
  }

  /** Takes some bytes and sends the pieces that are complete now; false when none are wanted. */
  boolean add(byte[] bytes, int count, Sink pieces) {
    for (int i = 0; i < count; i++) {
      if (size == length && !pieces.row(rest())) {
        return false;
      }
      append(bytes[i]);
      if (endsWithSeparator()) {
        size -= separator.length;
        if (!pieces.row(rest())) {
          return false;
        }
      }
    }
    return true;
  }

  /** What is held, which is not held any more. */
  String rest() {
    String text = Bytes.decode(held, 0, size);
    size = 0;
    return text;
  }

  private void append(byte b) {
    if (size == held.length) {
      int larger = Math.min(length, 2 * held.length);
      scope.check(Limit.MEMORY, larger);
      held = Arrays.copyOf(held, larger);
    }
    held[size++] = b;
  }

  private boolean endsWithSeparator() {
    int n = separator.length;
    return n > 0
        && size >= n
        && held[size - 1] == separator[n - 1]
        && Arrays.equals(held, size - n, size, separator, 0, n);
  }
}
