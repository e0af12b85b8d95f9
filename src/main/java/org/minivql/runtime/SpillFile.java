package org.minivql.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Limit;
import org.minivql.value.Scope;
import org.minivql.value.Shape;

/**
 * Values in a temporary file: what does not fit into memory. Written by one thread, then read by
 * any number. What cannot be written, such as a query or an object of the host, stays in memory and
 * the file says where. The file is gone when it is closed.
 */
public final class SpillFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final SpillWriter writer;
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Object> held = new ArrayList<>();
  private final Scope scope;

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
      path = Files.createTempFile("vql", ".rows");
      channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
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

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    scope.release(Limit.FILES, 1);
    try {
      channel.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove a temporary file", e);
    }
  }
}
