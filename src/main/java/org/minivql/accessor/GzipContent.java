package org.minivql.accessor;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.minivql.value.Scope;

/** A gzip file decompressed; a file that is none is passed through. */
final class GzipContent implements Accessor {
  private final Accessors accessors;

  GzipContent(Accessors accessors) {
    this.accessors = accessors;
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
    return Gzip.unpacked(container.accessor().open(scope, container.path()));
  }
}
