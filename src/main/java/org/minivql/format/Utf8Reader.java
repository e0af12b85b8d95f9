package org.minivql.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.minivql.value.Bytes;

/** Characters of a stream of UTF-8 that keep the bytes that are not. */
public final class Utf8Reader extends Reader {
  private static final int BLOCK = 8192;

  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  private int kept;
  private boolean ended;
  private String text = "";
  private int at;

  /** Reads from a stream, which is closed with the reader. */
  public Utf8Reader(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == text.length()) {
      if (ended) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, text.length() - at);
    text.getChars(at, at + count, buffer, offset);
    at += count;
    return count;
  }

  private void fill() throws IOException {
    int read = in.read(block, kept, block.length - kept);
    ended = read < 0;
    int end = kept + Math.max(0, read);
    int whole = ended ? end : lastBoundary(end);
    text = Bytes.decode(block, 0, whole);
    at = 0;
    kept = end - whole;
    System.arraycopy(block, whole, block, 0, kept);
  }

  /** Where the last character that may still be incomplete begins. */
  private int lastBoundary(int end) {
    for (int i = end - 1; i >= Math.max(0, end - 3); i--) {
      int b = block[i] & 0xff;
      if (b < 0x80) {
        return end;
      }
      if (b >= 0xc0) {
        int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        return i + length > end ? i : end;
      }
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
