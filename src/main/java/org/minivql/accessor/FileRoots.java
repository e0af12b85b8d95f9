package org.minivql.accessor;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.value.Scope;

/**
 * Which folders of the host a query may read. Symbolic links are resolved before the decision, so a
 * link inside a root that leads out of it is refused. Temporary files of the query itself are
 * always readable.
 *
 * <p>Files and folders are opened step by step from the root on, so it does not help to put a link
 * in the way after the decision (on hosts that can open files relative to a folder, such as Linux
 * and macOS). Libraries that open files by name get a private copy. Two things are left to who can
 * change a root while it is read: archives are opened by name, and so is the text of a link read.
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
  public Path base() {
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

  /** Lets a run that follows another one read what that one created. */
  public static void share(Scope run, Scope next) {
    next.runState(FileRoots.class, () -> own(run));
  }

  private static Set<Path> own(Scope scope) {
    return scope.runState(FileRoots.class, ConcurrentHashMap::newKeySet);
  }

  /**
   * The host's name of a path after the check.
   *
   * @throws IOException when the path is not below a root
   */
  public Path check(Scope scope, OSPath path) throws IOException {
    Path host = host(path);
    if (roots == null) {
      return host;
    }
    if (root(scope, real(host)) == null) {
      throw denied(path);
    }
    return host;
  }

  private static IOException denied(OSPath path) {
    return new IOException(
        "open " + path.path() + ": permission denied: not below a folder the query may read");
  }

  /** The root that a real path is below, or null. */
  private Path root(Scope scope, Path real) throws IOException {
    for (Collection<Path> allowed : List.of(roots, own(scope))) {
      for (Path one : allowed) {
        Path root = real(one);
        if (real.startsWith(root)) {
          return root;
        }
      }
    }
    return null;
  }

  /** Whether a path is below a root. */
  public boolean allows(Scope scope, OSPath path) throws IOException {
    return roots == null || root(scope, real(host(path))) != null;
  }

  /** Whether only some folders may be read. */
  public boolean isLimited() {
    return roots != null;
  }

  /** What was found below a root, by the way to it from there. */
  private record Place(Path root, Path below) {
    boolean isRoot() {
      return below.toString().isEmpty();
    }

    HeldFolder folder() throws IOException {
      Path parent = below.getParent();
      return HeldFolder.below(root, parent == null ? Path.of("") : parent);
    }
  }

  /**
   * Where a name leads now, whatever an earlier check found.
   *
   * @param follow whether a link is followed, too, if it is what the name means
   */
  private Place place(Scope scope, OSPath path, Path host, boolean follow) throws IOException {
    Path named = host.toAbsolutePath().normalize();
    if (!follow && named.getParent() != null) {
      Path own = real(named.getParent()).resolve(named.getFileName());
      Path root = root(scope, own);
      if (root != null) {
        return new Place(root, root.relativize(own));
      }
    }
    Path real = real(named);
    Path root = root(scope, real);
    if (root == null) {
      throw denied(path);
    }
    return new Place(root, root.relativize(real));
  }

  /**
   * Opens a file for reading.
   *
   * @param host its name, from {@link #check}; what has become a link since is checked again
   */
  public SeekableByteChannel open(Scope scope, OSPath path, Path host) throws IOException {
    if (roots == null) {
      return Files.newByteChannel(host);
    }
    Place place = place(scope, path, host, true);
    if (place.isRoot()) {
      return Files.newByteChannel(
          place.root(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }
    try (HeldFolder folder = place.folder()) {
      return folder.open(place.below().getFileName());
    }
  }

  /**
   * Opens a folder for reading.
   *
   * @param host its name, as for {@link #open}
   */
  public HeldFolder folder(Scope scope, OSPath path, Path host) throws IOException {
    if (roots == null) {
      return HeldFolder.named(host);
    }
    Place place = place(scope, path, host, true);
    return HeldFolder.below(place.root(), place.below());
  }

  /**
   * What the host knows of a file.
   *
   * @param host its name, as for {@link #open}
   * @param follow whether a link is followed or described itself
   */
  public Map<String, Object> attributes(Scope scope, OSPath path, Path host, boolean follow)
      throws IOException {
    if (roots == null) {
      return HeldFolder.attributesOf(follow ? host.toRealPath() : host);
    }
    Place place = place(scope, path, host, follow);
    if (place.isRoot()) {
      return HeldFolder.attributesOf(place.root());
    }
    try (HeldFolder folder = place.folder()) {
      return folder.attributes(place.below().getFileName());
    }
  }

  /** The host's name of a path, unchecked: only for asking whether it exists. */
  public Path host(OSPath path) throws IOException {
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
      } catch (FileSystemException e) {
        // A dangling link must not be taken for a missing file below a root.
        if (Files.isSymbolicLink(existing)) {
          throw new IOException("open " + path + ": " + HostErrors.reason(e), e);
        }
        missing.add(existing.getFileName());
        existing = existing.getParent();
      }
    }
    return path;
  }
}
