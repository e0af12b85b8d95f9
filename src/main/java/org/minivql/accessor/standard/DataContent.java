package org.minivql.accessor.standard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.MemoryChannel;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.value.Bytes;
import org.minivql.value.Scope;

/** The text of the path is the content. */
final class DataContent implements Accessor {
  @Override
  public OSPath parse(String text) {
    return OSPath.of(PathStyle.PATHSPEC, List.of(text));
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) {
    return FileInfo.file(path, Bytes.length(path.text()), FileInfo.Times.UNKNOWN);
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
    throw new IOException("data has no folders to list");
  }

  @Override
  public InputStream open(Scope scope, OSPath path) {
    return new ByteArrayInputStream(Bytes.encode(path.text()));
  }

  @Override
  public SeekableByteChannel channel(Scope scope, OSPath path) {
    return new MemoryChannel(Bytes.encode(path.text()));
  }
}
