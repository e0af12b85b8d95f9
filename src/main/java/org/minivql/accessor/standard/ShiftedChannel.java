package org.minivql.accessor.standard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A channel whose start lies inside another one. */
final class ShiftedChannel implements SeekableByteChannel {
  private final SeekableByteChannel inner;
  private final long shift;

  ShiftedChannel(SeekableByteChannel inner, long shift) throws IOException {
    this.inner = inner;
    this.shift = shift;
    inner.position(shift);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return inner.read(target);
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() throws IOException {
    return inner.position() - shift;
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    inner.position(position + shift);
    return this;
  }

  @Override
  public long size() throws IOException {
    return Math.max(0, inner.size() - shift);
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }
}
