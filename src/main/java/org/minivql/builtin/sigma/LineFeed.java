package org.minivql.builtin.sigma;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.minivql.format.JsonReader;
import org.minivql.value.Bytes;

/**
 * A stream of lines that keeps what its reader has not understood yet, so that reading can go on
 * behind a bad line.
 */
final class LineFeed extends InputStream implements JsonReader.Kept {
  private static final int BLOCK = 1 << 16;
  private static final int LONGEST = 64 << 20;

  private final InputStream in;
  private byte[] block = new byte[BLOCK];
  private int kept;
  private int at;
  private int end;

  /** Where in the block, or before it, the place 0 of the reader is. */
  private long origin;

  LineFeed(InputStream in) {
    this.in = in;
  }

  /**
   * A line that was left out.
   *
   * @param text without its end
   * @param blankBefore how many blank lines came before it
   */
  record Line(String text, int blankBefore) {}

  /** Everything before a place was understood; places count from where the reader began. */
  void taken(long place) {
    kept = (int) (origin + place);
  }

  @Override
  public byte[] copy(long from, long to) {
    return Arrays.copyOfRange(block, (int) (origin + from), (int) (origin + to));
  }

  /** Leaves out the first line of what was not understood that is not blank. A reader begins. */
  Line skipLine() throws IOException {
    int blank = 0;
    int from = 0;
    while ((kept + from < end || fill()) && Character.isWhitespace(block[kept + from])) {
      blank += block[kept + from] == '\n' ? 1 : 0;
      from++;
    }
    int to = from;
    while ((kept + to < end || fill()) && block[kept + to] != '\n') {
      to++;
    }
    String text = Bytes.decode(block, kept + from, kept + to);
    kept = Math.min(end, kept + to + 1);
    at = kept;
    origin = kept;
    return new Line(text, blank);
  }

  /** Reads more behind what is there; whether there is any. Moves what is kept. */
  private boolean fill() throws IOException {
    if (end == block.length && kept > 0) {
      System.arraycopy(block, kept, block, 0, end - kept);
      at -= kept;
      end -= kept;
      origin -= kept;
      kept = 0;
    } else if (end == LONGEST) {
      throw new IOException("an event is longer than " + (LONGEST >> 20) + " MiB");
    } else if (end == block.length) {
      block = Arrays.copyOf(block, end * 2);
    }
    int count = in.read(block, end, block.length - end);
    end += Math.max(0, count);
    return count > 0;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (at == end && !fill()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(block, at, buffer, offset, count);
    at += count;
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}
