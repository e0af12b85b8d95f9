package org.minivql.accessor.standard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.MemoryChannel;
import org.minivql.accessor.MissingFileException;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.FileStore;
import org.minivql.value.Scope;
import org.minivql.value.Timestamp;

/**
 * The files of a server: {@code fs:/clients/…}, and its records: {@code ds:/clients/…}. Which they
 * are is the scope's service {@link FileStore}.
 */
final class StoreContent implements Accessor {
  private static final String RECORDS = "ds:";

  @Override
  public OSPath parse(String text) {
    return OSPath.parse(text.startsWith(RECORDS) ? PathStyle.DATASTORE : PathStyle.FILESTORE, text);
  }

  private static FileStore store(Scope scope) {
    FileStore store = scope.service(FileStore.class);
    if (store == null) {
      throw new ArgumentException("Command can only run on the server");
    }
    return store;
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) throws IOException {
    FileStore.Entry entry = store(scope).find(path.components());
    if (entry == null) {
      throw missing(path);
    }
    return info(path, entry);
  }

  private static FileInfo info(OSPath path, FileStore.Entry entry) {
    FileInfo.Times times =
        entry.modified() == null
            ? FileInfo.Times.UNKNOWN
            : FileInfo.Times.modified(Timestamp.utc(entry.modified()));
    return entry.folder() ? FileInfo.folder(path, times) : FileInfo.file(path, entry.size(), times);
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) {
    List<FileInfo> files = new ArrayList<>();
    for (FileStore.Entry entry : store(scope).list(path.components())) {
      files.add(info(path.child(entry.name()), entry));
    }
    return files;
  }

  @Override
  public InputStream open(Scope scope, OSPath path) throws IOException {
    try {
      return store(scope).open(path.components());
    } catch (NoSuchFileException e) {
      throw missing(path);
    }
  }

  private static MissingFileException missing(OSPath path) {
    return new MissingFileException(path.text() + ": no such file");
  }

  @Override
  public SeekableByteChannel channel(Scope scope, OSPath path) throws IOException {
    Path file = store(scope).host(path.components());
    if (file != null && Files.isRegularFile(file)) {
      return Files.newByteChannel(file);
    }
    try (InputStream in = open(scope, path)) {
      return MemoryChannel.read(in, MemoryChannel.LIMIT);
    }
  }
}
