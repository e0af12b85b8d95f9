package org.minivql.accessor.standard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.minivql.accessor.MissingFileException;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.open.HostFiles;
import org.minivql.value.Scope;

/**
 * A file that libraries can open by name: a file of the host itself, or a private copy.
 *
 * @since 0.1.0
 */
public final class LocalCopy implements AutoCloseable {
  private final Path file;
  private final boolean copied;

  private LocalCopy(Path file, boolean copied) {
    this.file = file;
    this.copied = copied;
  }

  /**
   * The file behind a path. Where only some folders of the host may be read it is always a copy: a
   * library that opens the file by its name could be led elsewhere meanwhile.
   *
   * @param copy whether a file of the host is copied too
   */
  public static LocalCopy of(Scope scope, FileArguments files, OSPath path, boolean copy)
      throws IOException {
    if (!copy && files.accessor() instanceof HostFiles host && !host.isLimited()) {
      return new LocalCopy(host.host(scope, path), false);
    }
    LocalCopy made = new LocalCopy(Files.createTempDirectory("vql").resolve("copy"), true);
    try {
      write(scope, files, path, made.file);
      return made;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private static void write(Scope scope, FileArguments files, OSPath path, Path to)
      throws IOException {
    try (InputStream in = files.accessor().open(scope, path)) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Copies also what lies beside the file under its name with an ending, if there is such a file: a
   * library that opens the file by its name finds it there. Without effect where this is no copy.
   *
   * @param path that of the file
   */
  public void with(Scope scope, FileArguments files, OSPath path, String ending)
      throws IOException {
    if (!copied) {
      return;
    }
    Path beside = file.resolveSibling(file.getFileName() + ending);
    try {
      write(scope, files, path.dirname().child(path.basename() + ending), beside);
    } catch (MissingFileException e) {
      return;
    }
  }

  /** Whether the file is a copy that goes away when this is closed. */
  public boolean isCopy() {
    return copied;
  }

  /** The file; not to be written to. */
  public Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    if (!copied) {
      return;
    }
    // Libraries put files of their own beside the one they open.
    try (DirectoryStream<Path> all = Files.newDirectoryStream(file.getParent())) {
      for (Path one : all) {
        Files.delete(one);
      }
    }
    Files.delete(file.getParent());
  }
}
