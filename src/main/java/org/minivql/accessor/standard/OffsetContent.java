package org.minivql.accessor.standard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.accessor.open.Container;
import org.minivql.value.Scope;

/** The container from a number of bytes on; the path is that number, decimal or with 0x. */
final class OffsetContent implements Accessor {
  private final Accessors accessors;

  OffsetContent(Accessors accessors) {
    this.accessors = accessors;
  }

  @Override
  public OSPath parse(String text) {
    return OSPath.parse(PathStyle.GENERIC, text);
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) throws IOException {
    Container container = Container.of(accessors, path);
    FileInfo whole = container.accessor().stat(scope, container.path());
    return FileInfo.file(path, Math.max(0, whole.size() - offset(path)), whole.times());
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
    throw new IOException("an offset has no folders to list");
  }

  @Override
  public InputStream open(Scope scope, OSPath path) throws IOException {
    return Channels.newInputStream(channel(scope, path));
  }

  @Override
  public SeekableByteChannel channel(Scope scope, OSPath path) throws IOException {
    long offset = offset(path);
    Container container = Container.of(accessors, path);
    return new ShiftedChannel(container.accessor().channel(scope, container.path()), offset);
  }

  private static long offset(OSPath path) throws IOException {
    String text = path.basename();
    try {
      long offset = Long.decode(text.startsWith("0x") ? text : text.replaceFirst("^0+(?=.)", ""));
      if (offset >= 0) {
        return offset;
      }
    } catch (NumberFormatException e) {
      throw new IOException("offset: " + text + " is not a number", e);
    }
    throw new IOException("offset: " + text + " is negative");
  }
}
