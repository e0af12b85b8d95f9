package org.minivql.builtin.parse;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.minivql.value.Bytes;

/** Cuts a stream of bytes into lines, holding one at a time. */
final class LineReader implements Closeable {
  private final InputStream in;
  private final int longest;
  private byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private boolean ended;
  private boolean complete;
  private long consumed;

  /** Reads lines of at most so many bytes. */
  LineReader(InputStream in, long longest) {
    this.in = in;
    this.longest = (int) Math.max(1, Math.min(longest, 256L << 20));
  }

  /** A line is longer than allowed. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException() {
      super("bufio.Scanner: token too long");
    }
  }

  /**
   * The next line without its line feed, or null at the end.
   *
   * @throws TooLongException when it is longer than allowed
   */
  String next() throws IOException {
    int scanned = from;
    while (true) {
      for (int i = scanned; i < to; i++) {
        if (buffer[i] == '\n') {
          complete = true;
          return take(i, i + 1);
        }
      }
      scanned = to - from;
      if (scanned > longest) {
        throw new TooLongException();
      }
      if (ended || !fill()) {
        complete = false;
        return from == to ? null : take(to, to);
      }
      scanned += from;
    }
  }

  private String take(int end, int next) throws IOException {
    if (end - from > longest) {
      throw new TooLongException();
    }
    String line = Bytes.decode(buffer, from, end);
    consumed += next - from;
    from = next;
    return line;
  }

  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int n = in.read(buffer, to, buffer.length - to);
    if (n < 0) {
      ended = true;
      return false;
    }
    to += n;
    return true;
  }

  /** Whether the last line ended with a line feed. */
  boolean complete() {
    return complete;
  }

  /** How many bytes the lines so far took, line feeds included. */
  long consumed() {
    return consumed;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
