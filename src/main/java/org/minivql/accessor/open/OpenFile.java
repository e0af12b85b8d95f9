package org.minivql.accessor.open;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.minivql.value.Limit;
import org.minivql.value.Scope;

/** Files of the host that count as open until they are closed. */
public final class OpenFile implements AutoCloseable {
  private final Scope scope;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OpenFile(Scope scope) {
    this.scope = scope;
    scope.claim(Limit.FILES, 1);
  }

  /** Something opened a file; it closes this when it closes the file. */
  public static OpenFile count(Scope scope) {
    return new OpenFile(scope);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      scope.release(Limit.FILES, 1);
    }
  }

  /** What opens a file. */
  @FunctionalInterface
  interface Opener {
    SeekableByteChannel open() throws IOException;
  }

  /** Opens a file for reading from its start. */
  static InputStream stream(Scope scope, Opener file) throws IOException {
    OpenFile open = count(scope);
    try {
      return new Stream(Channels.newInputStream(file.open()), open);
    } catch (IOException e) {
      open.close();
      throw e;
    }
  }

  /** Opens a file for reading at any place. */
  static SeekableByteChannel channel(Scope scope, Opener file) throws IOException {
    OpenFile open = count(scope);
    try {
      return new Channel(file.open(), open);
    } catch (IOException e) {
      open.close();
      throw e;
    }
  }

  private static final class Stream extends FilterInputStream {
    private final OpenFile open;

    Stream(InputStream in, OpenFile open) {
      super(in);
      this.open = open;
    }

    @Override
    public void close() throws IOException {
      open.close();
      super.close();
    }
  }

  private record Channel(SeekableByteChannel in, OpenFile open) implements SeekableByteChannel {
    @Override
    public int read(ByteBuffer target) throws IOException {
      return in.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      return in.write(source);
    }

    @Override
    public long position() throws IOException {
      return in.position();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
      in.position(newPosition);
      return this;
    }

    @Override
    public long size() throws IOException {
      return in.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      in.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return in.isOpen();
    }

    @Override
    public void close() throws IOException {
      open.close();
      in.close();
    }
  }
}
