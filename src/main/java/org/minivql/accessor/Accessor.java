package org.minivql.accessor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.minivql.value.Scope;

/**
 * A driver that lists, describes and opens what its paths name. Implementations have no state of
 * their own between calls; what they keep lives in the scope's run.
 *
 * <p>The message of an {@link IOException} is what a query's log shows.
 *
 * @since 0.1.0
 */
public interface Accessor {
  /** Reads a path as this accessor writes it. */
  OSPath parse(String text);

  /** Describes one file or folder. */
  FileInfo stat(Scope scope, OSPath path) throws IOException;

  /** The files and folders directly inside a folder, in name order. */
  List<FileInfo> list(Scope scope, OSPath path) throws IOException;

  /** Whether a file can be listed; a link to a folder can. */
  default boolean isFolder(Scope scope, FileInfo info) throws IOException {
    return info.isFolder();
  }

  /** What a link leads to; a file that is no link leads to itself. */
  default FileInfo target(Scope scope, FileInfo info) throws IOException {
    return info;
  }

  /** What a folder really is, whatever links led to it: equal for the same folder. */
  default Object identity(Scope scope, FileInfo info) throws IOException {
    return info.path();
  }

  /** Opens a file for reading from its start; the caller closes it. */
  InputStream open(Scope scope, OSPath path) throws IOException;

  /**
   * Opens a file for reading at any place; the caller closes it. Without an own way to do so the
   * content is held in memory, up to a limit.
   */
  default SeekableByteChannel channel(Scope scope, OSPath path) throws IOException {
    try (InputStream in = open(scope, path)) {
      return MemoryChannel.read(in, MemoryChannel.LIMIT);
    }
  }
}
