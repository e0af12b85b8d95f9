package org.minivql.testing;

import java.io.IOException;
import java.util.List;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.value.Scope;

/**
 * The accessor of all names in an engine, for files whose content is made up while they are read.
 */
public abstract class MadeFiles implements Accessors, Accessor {
  @Override
  public Accessor find(String name) {
    return this;
  }

  @Override
  public List<String> names() {
    return List.of("made");
  }

  @Override
  public OSPath parse(String text) {
    return OSPath.parse(PathStyle.LINUX, text);
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) throws IOException {
    throw new IOException("nothing to see");
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
    return List.of();
  }
}
