package org.minivql.accessor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * Bytes in memory, read at any place.
 *
 * @since 0.1.0
 */
public final class MemoryChannel implements SeekableByteChannel {
  /** The most bytes that are held for the sake of seeking. */
  public static final long LIMIT = 256L << 20;

  private final byte[] bytes;
  private long position;
  private boolean open = true;

  /** A channel over these bytes, which are not copied. */
  public MemoryChannel(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a stream to its end.
   *
   * @throws IOException when there are more bytes than the limit
   */
  public static MemoryChannel read(InputStream in, long limit) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    int n;
    while ((n = in.read(buffer)) > 0) {
      all.write(buffer, 0, n);
      if (all.size() > limit) {
        throw new IOException("content is larger than " + limit + " bytes and cannot be held");
      }
    }
    return new MemoryChannel(all.toByteArray());
  }

  @Override
  public int read(ByteBuffer target) {
    if (position >= bytes.length) {
      return -1;
    }
    int n = Math.min(target.remaining(), bytes.length - (int) position);
    target.put(bytes, (int) position, n);
    position += n;
    return n;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
