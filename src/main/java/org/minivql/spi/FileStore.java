package org.minivql.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The files of a server, by the components of their paths: a service of the host. What was there
 * before is never written to; what is written or deleted since is kept apart.
 *
 * @since 0.1.0
 */
public interface FileStore {
  /**
   * A file or a folder.
   *
   * @param name the last component of its path
   * @param folder whether it is a folder
   * @param size the bytes of a file
   * @param modified when a file was last written
   */
  record Entry(String name, boolean folder, long size, Instant modified) {}

  /** What is at a path, or null. */
  Entry find(List<String> path);

  /** What is directly in a folder, by name; nothing where there is no such folder. */
  List<Entry> list(List<String> path);

  /**
   * Opens a file for reading.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  InputStream open(List<String> path) throws IOException;

  /** Opens a new file for writing; it is there once the stream is closed. */
  OutputStream create(List<String> path) throws IOException;

  /** Deletes a file; false where there was none. */
  boolean delete(List<String> path);

  /** The file of the host that has, or would have, the content; null where there is none. */
  Path host(List<String> path);
}
