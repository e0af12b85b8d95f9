package org.minivql.accessor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Predicate;
import org.minivql.value.Bytes;
import org.minivql.value.Scope;

/**
 * Follows a file that others append to; a file that became shorter is read from its start.
 *
 * @since 0.1.0
 */
public final class FileTail {
  private static final int BLOCK = 1 << 16;

  private final Scope scope;
  private final Accessor accessor;
  private final OSPath path;
  private final int longest;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long offset;

  /**
   * Follows a file.
   *
   * @param longest the longest line in bytes; of a longer one the start is dropped
   * @param fromStart whether what is there already is read too
   */
  public FileTail(Scope scope, Accessor accessor, OSPath path, long longest, boolean fromStart) {
    this.scope = scope;
    this.accessor = accessor;
    this.path = path;
    this.longest = (int) Math.max(1, Math.min(longest <= 0 ? 1 << 20 : longest, 64L << 20));
    this.offset = fromStart ? 0 : size();
  }

  /** The file. */
  public OSPath path() {
    return path;
  }

  private long size() {
    try {
      return accessor.stat(scope, path).size();
    } catch (IOException missing) {
      // It may appear later and is then read from its start.
      return 0;
    }
  }

  /**
   * Hands over the lines that were completed since the last call, without their line feeds.
   *
   * @param lines takes a line; false to stop
   * @return false when it was stopped
   */
  public boolean poll(Predicate<String> lines) throws IOException {
    long size = size();
    if (size < offset) {
      offset = 0;
      line.reset();
    }
    if (size == offset) {
      return true;
    }
    try (SeekableByteChannel channel = accessor.channel(scope, path)) {
      channel.position(offset);
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      int n;
      while ((n = channel.read(block)) > 0) {
        offset += n;
        if (!take(block.array(), n, lines)) {
          return false;
        }
        block.clear();
      }
      return true;
    }
  }

  private boolean take(byte[] block, int length, Predicate<String> lines) {
    for (int i = 0; i < length; i++) {
      if (block[i] != '\n') {
        if (line.size() >= longest) {
          line.reset();
        }
        line.write(block[i]);
        continue;
      }
      String text = Bytes.decode(line.toByteArray());
      line.reset();
      if (!lines.test(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text)) {
        return false;
      }
    }
    return true;
  }
}
