package org.minivql.accessor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
   * The file behind a path.
   *
   * @param copy whether a file of the host is copied too
   */
  public static LocalCopy of(Scope scope, FileArguments files, OSPath path, boolean copy)
      throws IOException {
    if (!copy && files.accessor() instanceof HostFiles host) {
      return new LocalCopy(host.host(scope, path), false);
    }
    Path made = Files.createTempFile("vql", ".copy");
    try (InputStream in = files.accessor().open(scope, path)) {
      Files.copy(in, made, StandardCopyOption.REPLACE_EXISTING);
      return new LocalCopy(made, true);
    } catch (IOException e) {
      Files.deleteIfExists(made);
      throw e;
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
    if (copied) {
      Files.deleteIfExists(file);
    }
  }
}
