package org.minivql.accessor.standard;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.MissingFileException;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.accessor.Pipe;
import org.minivql.accessor.open.Variables;
import org.minivql.value.Scope;

/** The path names a variable that holds a {@link Pipe}. */
final class PipeContent implements Accessor {
  @Override
  public OSPath parse(String text) {
    return OSPath.of(PathStyle.PATHSPEC, text.isEmpty() ? List.of() : List.of(text));
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) throws IOException {
    pipe(scope, path);
    return FileInfo.file(path, 0, FileInfo.Times.UNKNOWN);
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
    throw new IOException("pipes have no folders to list");
  }

  @Override
  public InputStream open(Scope scope, OSPath path) throws IOException {
    return pipe(scope, path).open(scope);
  }

  private static Pipe pipe(Scope scope, OSPath path) throws IOException {
    String name = path.path();
    if (Variables.value(scope, name.startsWith("/") ? name.substring(1) : name)
        instanceof Pipe pipe) {
      return pipe;
    }
    throw new MissingFileException("variable " + name + " is not a pipe");
  }
}
