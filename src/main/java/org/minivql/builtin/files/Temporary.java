package org.minivql.builtin.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.minivql.accessor.FileRoots;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Effects;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/** Files and folders that live as long as the query. */
final class Temporary {
  private static final int TRIES = 100;

  private Temporary() {}

  @VqlFunction(
      name = "tempfile",
      onError = ErrorValue.FALSE,
      doc = "The name of a new file that is removed when the calling scope ends.")
  static Object tempfile(
      CallContext context,
      @Arg("What to write to it.") StringList data,
      @Arg("The end of its name.") String extension,
      @Arg("x to make it executable, r to make it read-only.") String permissions,
      @Arg(value = "Remove it only at the end of the query.", name = "remove_last")
          boolean removeLast) {
    try {
      Path file = file(context, extension == null ? "" : extension, removeLast);
      if (data != null) {
        StringBuilder all = new StringBuilder();
        data.forEach(all::append);
        Files.write(file, Bytes.encode(all.toString()));
      }
      int mode = "x".equals(permissions) ? 0700 : "r".equals(permissions) ? 0400 : 0600;
      HostPermissions.set(file, mode);
      return file.toString();
    } catch (IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }

  @VqlFunction(
      name = "tempdir",
      onError = ErrorValue.FALSE,
      doc =
          "The name of a new folder that is removed, with all in it, when the calling scope ends.")
  static Object tempdir(
      CallContext context,
      @Arg(value = "Remove it only at the end of the query.", name = "remove_last")
          boolean removeLast) {
    try {
      Effects.ask(context, Effects.Kind.TEMPFILE, "folder", Dict.EMPTY);
      Path folder = create(context.scope(), "tmp", "", true);
      onEnd(context, folder, removeLast);
      return folder.toString();
    } catch (IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }

  /** A new empty file of the query. */
  static Path file(CallContext context, String extension, boolean removeLast) throws IOException {
    if (extension.indexOf('/') >= 0 || extension.indexOf('\\') >= 0) {
      throw new ArgumentException("extension must not name a folder: " + extension);
    }
    Effects.ask(context, Effects.Kind.TEMPFILE, "file" + extension, Dict.EMPTY);
    Path file = create(context.scope(), "tmp", extension, false);
    HostPermissions.set(file, 0600);
    onEnd(context, file, removeLast);
    return file;
  }

  private static Path create(Scope scope, String prefix, String suffix, boolean folder)
      throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    for (int i = 0; i < TRIES; i++) {
      long number = scope.random().nextLong() & Long.MAX_VALUE;
      Path path = parent.resolve(prefix + number + suffix);
      if (!Files.exists(path)) {
        if (folder) {
          Files.createDirectory(path);
          HostPermissions.set(path, 0700);
        } else {
          Files.createFile(path);
        }
        FileRoots.admit(scope, path);
        return path;
      }
    }
    throw new IOException("no free name for a temporary file in " + parent);
  }

  private static void onEnd(CallContext context, Path path, boolean last) {
    Scope scope = context.scope();
    String name = context.name();
    Runnable removal =
        () -> {
          try {
            FileRoots.revoke(scope, path);
            delete(path);
            scope.log(name + ": removed " + name + " " + path);
          } catch (IOException e) {
            scope.log(name + ": " + e.getMessage());
          }
        };
    if (last) {
      scope.onRootClose(removal);
    } else {
      scope.onClose(removal);
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.deleteIfExists(path);
      return;
    }
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException problem)
                throws IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
