package org.minivql.accessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.value.Scope;

/**
 * Which folders of the host a query may read. Symbolic links are resolved before the decision, so a
 * link inside a root that leads out of it is refused. Temporary files of the query itself are
 * always readable.
 *
 * @since 0.1.0
 */
public final class FileRoots {
  /** No host has longer names; looking for one would resolve each of its many parents. */
  private static final int LONGEST = 4096;

  private static final int SHOWN = 100;

  private final List<Path> roots;
  private final Path base;

  private FileRoots(List<Path> roots, Path base) {
    this.roots = roots;
    this.base = base;
  }

  /**
   * The whole host.
   *
   * @param base the folder that names without a leading slash are looked up in; null for the root
   */
  public static FileRoots anywhere(Path base) {
    return new FileRoots(null, base);
  }

  /**
   * Only what lies in these folders.
   *
   * @param base the folder that names without a leading slash are looked up in; null for the root
   */
  public static FileRoots below(List<Path> roots, Path base) {
    return new FileRoots(List.copyOf(roots), base);
  }

  /** Nothing but temporary files of the query. */
  public static FileRoots none() {
    return new FileRoots(List.of(), null);
  }

  /** The folder of relative names, or null. */
  Path base() {
    return base;
  }

  /** Makes a file or folder that the query created readable to it. */
  public static void admit(Scope scope, Path own) {
    own(scope).add(own.toAbsolutePath().normalize());
  }

  /** Takes back what {@link #admit} allowed. */
  public static void revoke(Scope scope, Path own) {
    own(scope).remove(own.toAbsolutePath().normalize());
  }

  private static Set<Path> own(Scope scope) {
    return scope.runState(FileRoots.class, ConcurrentHashMap::newKeySet);
  }

  /**
   * The host's name of a path after the check.
   *
   * @throws IOException when the path is not below a root
   */
  Path check(Scope scope, OSPath path) throws IOException {
    Path host = host(path);
    if (roots == null) {
      return host;
    }
    Path real = real(host);
    for (Path root : roots) {
      if (real.startsWith(real(root))) {
        return host;
      }
    }
    for (Path own : own(scope)) {
      if (real.startsWith(real(own))) {
        return host;
      }
    }
    throw new IOException(
        "open " + path.path() + ": permission denied: not below a folder the query may read");
  }

  /** The host's name of a path, unchecked: only for asking whether it exists. */
  Path host(OSPath path) throws IOException {
    String name = "/" + String.join("/", path.components());
    if (name.length() > LONGEST) {
      throw new IOException("open " + name.substring(0, SHOWN) + "...: file name too long");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IOException("open " + path.path() + ": invalid argument", e);
    }
  }

  /** The real path of the part that exists, with the rest appended. */
  private static Path real(Path path) throws IOException {
    Path existing = path.toAbsolutePath().normalize();
    List<Path> missing = new ArrayList<>();
    while (existing != null) {
      try {
        Path real = existing.toRealPath();
        for (int i = missing.size() - 1; i >= 0; i--) {
          real = real.resolve(missing.get(i));
        }
        return real;
      } catch (NoSuchFileException e) {
        // A dangling link must not be taken for a missing file below a root.
        if (Files.isSymbolicLink(existing)) {
          throw new IOException("open " + path + ": no such file or directory", e);
        }
        missing.add(existing.getFileName());
        existing = existing.getParent();
      }
    }
    return path;
  }
}
