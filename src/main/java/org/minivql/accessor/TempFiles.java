package org.minivql.accessor;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Effects;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/**
 * Files and folders of a query, which may read them and which are removed when it ends.
 *
 * @since 0.1.0
 */
public final class TempFiles {
  private static final int TRIES = 100;

  private TempFiles() {}

  /**
   * A new empty file.
   *
   * @param extension the end of its name
   * @param last whether it is removed at the end of the query and not of the calling scope
   */
  public static Path file(CallContext context, String extension, boolean last) throws IOException {
    if (extension.indexOf('/') >= 0 || extension.indexOf('\\') >= 0) {
      throw new ArgumentException("extension must not name a folder: " + extension);
    }
    Effects.ask(context, Effects.Kind.TEMPFILE, "file" + extension, Dict.EMPTY);
    Path file = create(context.scope(), extension, false);
    onEnd(context, file, last);
    return file;
  }

  /** A new empty folder, which is removed with all in it. */
  public static Path folder(CallContext context, boolean last) throws IOException {
    Effects.ask(context, Effects.Kind.TEMPFILE, "folder", Dict.EMPTY);
    Path folder = create(context.scope(), "", true);
    onEnd(context, folder, last);
    return folder;
  }

  private static Path create(Scope scope, String suffix, boolean folder) throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    for (int i = 0; i < TRIES; i++) {
      long number = scope.random().nextLong() & Long.MAX_VALUE;
      Path path = named(parent, "tmp" + number + suffix);
      if (made(path, folder)) {
        Modes.set(path, folder ? 0700 : 0600);
        FileRoots.admit(scope, path);
        return path;
      }
    }
    throw new IOException("no free name for a temporary file in " + parent);
  }

  /** Whether it is new; another run may have found the same name at the same moment. */
  private static boolean made(Path path, boolean folder) throws IOException {
    try {
      if (folder) {
        Files.createDirectory(path);
      } else {
        Files.createFile(path);
      }
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static Path named(Path parent, String name) {
    try {
      return parent.resolve(name);
    } catch (InvalidPathException e) {
      throw new ArgumentException("no file can have this extension: " + e.getReason());
    }
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
  }
}
