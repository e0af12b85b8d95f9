package org.minivql.accessor.standard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.MissingFileException;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.accessor.open.Variables;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.Scope;

/** The path names a variable, dots naming members, whose text is the content. */
final class ScopeContent implements Accessor {
  @Override
  public OSPath parse(String text) {
    return OSPath.of(PathStyle.PATHSPEC, text.isEmpty() ? List.of() : List.of(text));
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) throws IOException {
    return FileInfo.file(path, content(scope, path).length, FileInfo.Times.UNKNOWN);
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
    throw new IOException("variables have no folders to list");
  }

  @Override
  public InputStream open(Scope scope, OSPath path) throws IOException {
    return new ByteArrayInputStream(content(scope, path));
  }

  private static byte[] content(Scope scope, OSPath path) throws IOException {
    String name = String.join("/", path.components());
    if (name.startsWith("/")) {
      name = name.substring(1);
    }
    String[] parts = name.split("\\.");
    Object value = Variables.value(scope, parts[0]);
    for (int i = 1; i < parts.length && value != Absent.ABSENT; i++) {
      value = Variables.evaluated(scope, scope.operators().get(scope, value, parts[i]));
    }
    if (value == Absent.ABSENT || value == null) {
      throw new MissingFileException("variable " + name + " not found in the scope");
    }
    return Bytes.encode(scope.operators().text(scope, value));
  }
}
