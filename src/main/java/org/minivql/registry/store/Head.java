package org.minivql.registry.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * How many commits were acknowledged, in a file beside the store: what a store that was cut off or
 * replaced by an older one cannot know of itself.
 */
final class Head implements AutoCloseable {
  /** The name of the file. */
  static final String FILE = "registry.head";

  private static final int BYTES = Long.BYTES + Integer.BYTES;

  private final FileChannel channel;

  private Head(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens it for writing; an empty one is made where there is none. */
  static Head open(Path folder) throws IOException {
    return new Head(
        FileChannel.open(
            folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /**
   * The commits that were acknowledged; 0 where there is no such file.
   *
   * @throws StoreException where the file is damaged
   */
  static long read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return 0;
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0) {
      return 0;
    }
    if (bytes.length != BYTES || ByteBuffer.wrap(bytes).getInt(Long.BYTES) != sum(bytes)) {
      throw new StoreException(FILE + " is damaged", null);
    }
    return ByteBuffer.wrap(bytes).getLong();
  }

  private static int sum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, Long.BYTES);
    return (int) crc.getValue();
  }

  /** Says that so many commits are in the store. */
  void write(long commits) throws IOException {
    byte[] bytes = ByteBuffer.allocate(BYTES).putLong(commits).array();
    ByteBuffer.wrap(bytes).putInt(Long.BYTES, sum(bytes));
    channel.write(ByteBuffer.wrap(bytes), 0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
