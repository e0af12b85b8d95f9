package org.minivql.accessor.open;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.HeldFolder;
import org.minivql.accessor.HostErrors;
import org.minivql.accessor.MissingFileException;
import org.minivql.accessor.Modes;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.spi.Permissions;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Timestamp;

/** The files of the host, below the allowed roots. */
public final class HostFiles implements Accessor {
  private static final String READ = "FILESYSTEM_READ";

  private final String name;
  private final FileRoots roots;
  private final boolean ignoreCase;

  public HostFiles(String name, FileRoots roots, boolean ignoreCase) {
    this.name = name;
    this.roots = roots;
    this.ignoreCase = ignoreCase;
  }

  @Override
  public OSPath parse(String text) {
    OSPath path = OSPath.parse(PathStyle.LINUX, text);
    if (roots.base() == null || text.isEmpty() || "/{".indexOf(text.charAt(0)) >= 0) {
      return path;
    }
    List<String> components =
        new ArrayList<>(PathStyle.LINUX.split(roots.base().toAbsolutePath().toString()));
    components.addAll(path.components());
    return path.withComponents(components);
  }

  /** Whether only some folders of the host may be read. */
  public boolean isLimited() {
    return roots.isLimited();
  }

  /** The checked name of a path on the host. */
  public Path host(Scope scope, OSPath path) throws IOException {
    if (!Permissions.allowed(scope, READ)) {
      throw new IOException("Accessor " + name + ": " + Permissions.denied(READ));
    }
    OSPath own = path.hasDelegate() ? delegate(path) : path;
    return roots.check(scope, ignoreCase ? sameLetters(scope, own) : own);
  }

  /** A container that is a file of the host adds nothing to its own path. */
  private OSPath delegate(OSPath path) {
    OSPath container = parse(path.delegatePath());
    List<String> all = new ArrayList<>(container.components());
    all.addAll(path.components());
    return OSPath.of(PathStyle.LINUX, all);
  }

  private OSPath sameLetters(Scope scope, OSPath path) throws IOException {
    OSPath at = OSPath.of(PathStyle.LINUX, List.of());
    for (String component : path.components()) {
      OSPath exact = at.child(component);
      // Above the roots only the exact name leads on; whether it exists is decided by the roots.
      boolean taken = !roots.allows(scope, at) || Files.exists(roots.host(exact));
      at = taken ? exact : at.child(nearest(scope, at, component));
    }
    return at;
  }

  private String nearest(Scope scope, OSPath folder, String name) throws IOException {
    try (HeldFolder entries = roots.folder(scope, folder, roots.check(scope, folder))) {
      for (Path entry : entries) {
        String candidate = entry.getFileName().toString();
        if (candidate.equalsIgnoreCase(name)) {
          return candidate;
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return name;
    }
    return name;
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) throws IOException {
    try {
      Path host = host(scope, path);
      return describe(roots.attributes(scope, path, host, false), host, path);
    } catch (FileSystemException e) {
      throw readable("lstat", path, e);
    }
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
    List<FileInfo> found = new ArrayList<>();
    try (HeldFolder entries = roots.folder(scope, path, host(scope, path))) {
      for (Path entry : entries) {
        OSPath child = path.child(entry.getFileName().toString());
        try {
          found.add(describe(entries.attributes(entry.getFileName()), entry, child));
        } catch (NoSuchFileException e) {
          // Removed since the folder was read: as if it had never been listed.
          continue;
        }
      }
    } catch (FileSystemException e) {
      throw readable("open", path, e);
    }
    found.sort(Comparator.comparing(FileInfo::name, Bytes::compare));
    return found;
  }

  @Override
  public boolean isFolder(Scope scope, FileInfo info) throws IOException {
    if (!info.isLink()) {
      return info.isFolder();
    }
    try {
      return isFolder(roots.attributes(scope, info.path(), host(scope, info.path()), true));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public FileInfo target(Scope scope, FileInfo info) throws IOException {
    try {
      Path host = host(scope, info.path());
      return describe(roots.attributes(scope, info.path(), host, true), host, info.path());
    } catch (FileSystemException e) {
      throw readable("open", info.path(), e);
    }
  }

  @Override
  public Object identity(Scope scope, FileInfo info) throws IOException {
    try {
      return host(scope, info.path()).toRealPath();
    } catch (FileSystemException e) {
      throw readable("open", info.path(), e);
    }
  }

  @Override
  public InputStream open(Scope scope, OSPath path) throws IOException {
    try {
      return OpenFile.stream(scope, () -> regular(scope, path));
    } catch (FileSystemException e) {
      throw readable("open", path, e);
    }
  }

  @Override
  public SeekableByteChannel channel(Scope scope, OSPath path) throws IOException {
    try {
      return OpenFile.channel(scope, () -> regular(scope, path));
    } catch (FileSystemException e) {
      throw readable("open", path, e);
    }
  }

  /** Devices and pipes could block for ever, so only plain files are opened. */
  private SeekableByteChannel regular(Scope scope, OSPath path) throws IOException {
    Path host = host(scope, path);
    Map<String, Object> attributes = roots.attributes(scope, path, host, true);
    if (isFolder(attributes)) {
      throw new IOException("read " + path.path() + ": is a directory");
    }
    if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
      throw new IOException("open " + path.path() + ": not a regular file");
    }
    return roots.open(scope, path, host);
  }

  private static boolean isFolder(Map<String, Object> attributes) {
    return Boolean.TRUE.equals(attributes.get("isDirectory"));
  }

  private static FileInfo describe(Map<String, Object> all, Path host, OSPath path)
      throws IOException {
    boolean link = Boolean.TRUE.equals(all.get("isSymbolicLink"));
    boolean folder = isFolder(all);
    boolean plain = Boolean.TRUE.equals(all.get("isRegularFile"));
    int permissions = all.get("mode") instanceof Integer mode ? mode & 0777 : 0644;
    long type = folder ? Modes.FOLDER : link ? Modes.LINK : plain ? 0 : Modes.SPECIAL;
    Dict.Builder data = Dict.builder();
    if (all.get("dev") instanceof Long device) {
      data.set("DevMajor", (device >> 8) & 0xfff).set("DevMinor", device & 0xff);
    }
    if (link) {
      data.set("Link", Files.readSymbolicLink(host).toString());
    }
    FileInfo.Times times =
        new FileInfo.Times(
            time(all.get("lastModifiedTime")),
            time(all.get("lastAccessTime")),
            time(all.get("ctime")),
            time(all.get("creationTime")));
    long size = all.get("size") instanceof Long bytes ? bytes : 0;
    return FileInfo.host(path, size, type | permissions, link, times, data.build());
  }

  private static Timestamp time(Object time) {
    return time instanceof FileTime known
        ? Timestamp.utc(known.toInstant())
        : FileInfo.Times.UNKNOWN.modified();
  }

  private static IOException readable(String operation, OSPath path, FileSystemException e) {
    String reason = HostErrors.reason(e);
    IOException readable =
        e instanceof NoSuchFileException
            ? new MissingFileException(operation + " " + path.path() + ": " + reason)
            : new IOException(operation + " " + path.path() + ": " + reason);
    readable.initCause(e);
    return readable;
  }
}
