package org.minivql.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Limit;
import org.minivql.value.Scope;
import org.minivql.value.Shape;

/**
 * Values in a temporary file: what does not fit into memory. Written by one thread, then read by
 * any number. What cannot be written, such as a query or an object of the host, stays in memory and
 * the file says where. The file has no name as soon as it is open where the system allows that, so
 * that nothing is left of it even where the process is killed.
 */
public final class SpillFile implements AutoCloseable {
  private final FileChannel channel;
  private final SpillWriter writer;
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Object> held = new ArrayList<>();
  private final Scope scope;
  private boolean closed;

  /**
   * An empty file in the directory for temporary files.
   *
   * @param scope of the query, which may have only so many files open
   * @throws UncheckedIOException where none can be made
   */
  public SpillFile(Scope scope) {
    this.scope = scope;
    scope.claim(Limit.FILES, 1);
    try {
      channel =
          FileChannel.open(
              Files.createTempFile("vql", ".rows"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      scope.release(Limit.FILES, 1);
      throw new UncheckedIOException("cannot make a temporary file", e);
    }
    writer = new SpillWriter(this::append, shapes, held);
  }

  private void append(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file", e);
    }
  }

  /** Adds a value. */
  public void write(Object value) {
    writer.write(value);
  }

  /** Where the next value will begin. */
  public long position() {
    return writer.position();
  }

  /** Reads from a place where a value begins; nothing may be written from now on. */
  public synchronized SpillReader read(long from) {
    writer.flush();
    return new SpillReader(channel, from, writer.position(), shapes, held);
  }

  /**
   * Removes the file. To free the space of hundreds of megabytes takes the system longer than a
   * query may that was cancelled, so that such a one does not wait for it.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    scope.release(Limit.FILES, 1);
    if (scope.alive()) {
      remove();
    } else {
      new Thread(this::remove, "vql-files").start();
    }
  }

  private void remove() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove a temporary file", e);
    }
  }
}
