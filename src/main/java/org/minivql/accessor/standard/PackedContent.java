package org.minivql.accessor.standard;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.open.Container;
import org.minivql.value.Scope;

/** A compressed file decompressed; a file that is none of the kind is passed through. */
final class PackedContent implements Accessor {
  private final Accessors accessors;
  private final Unpacker unpacker;

  PackedContent(Accessors accessors, Unpacker unpacker) {
    this.accessors = accessors;
    this.unpacker = unpacker;
  }

  /** One kind of compression. */
  interface Unpacker {
    InputStream unpacked(InputStream packed) throws IOException;
  }

  @Override
  public OSPath parse(String text) {
    return accessors.find("auto").parse(text);
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) throws IOException {
    Container container = Container.of(accessors, path);
    FileInfo inner = container.accessor().stat(scope, container.path());
    return FileInfo.file(path, inner.size(), inner.times());
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
    Container container = Container.of(accessors, path);
    return container.accessor().list(scope, container.path());
  }

  @Override
  public InputStream open(Scope scope, OSPath path) throws IOException {
    Container container = Container.of(accessors, path);
    return unpacker.unpacked(container.accessor().open(scope, container.path()));
  }
}
