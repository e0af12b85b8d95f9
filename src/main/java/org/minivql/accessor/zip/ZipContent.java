package org.minivql.accessor.zip;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.MissingFileException;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.open.Container;
import org.minivql.value.Bytes;
import org.minivql.value.Scope;

/** The members of a ZIP archive; the archive is the container of the path. */
public final class ZipContent implements Accessor {
  private final Accessors accessors;
  private final ZipNames names;

  public ZipContent(Accessors accessors, ZipNames names) {
    this.accessors = accessors;
    this.names = names;
  }

  @Override
  public OSPath parse(String text) {
    return OSPath.parse(names.style(), text);
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) throws IOException {
    try (ZipArchives.Use use = use(scope, path)) {
      List<ZipIndex.Node> way = way(use, path);
      return describe(named(path, way), way.get(way.size() - 1));
    }
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
    try (ZipArchives.Use use = use(scope, path)) {
      List<FileInfo> found = new ArrayList<>();
      List<ZipIndex.Node> way = way(use, path);
      OSPath folder = named(path, way);
      for (ZipIndex.Node child : way.get(way.size() - 1).children()) {
        found.add(describe(folder.child(names.component(child.name())), child));
      }
      found.sort((a, b) -> Bytes.compare(a.name(), b.name()));
      return found;
    }
  }

  @Override
  public InputStream open(Scope scope, OSPath path) throws IOException {
    ZipArchives.Use use = use(scope, path);
    try {
      List<ZipIndex.Node> way = way(use, path);
      ZipIndex.Node node = way.get(way.size() - 1);
      if (node.entry() == null) {
        throw new IOException("read " + path.path() + ": is a directory");
      }
      return use.open(node.entry());
    } catch (IOException e) {
      use.close();
      throw e;
    }
  }

  private List<ZipIndex.Node> way(ZipArchives.Use use, OSPath path) throws IOException {
    // Without a container the whole path names the archive and its root is meant.
    List<String> inside = path.hasDelegate() ? path.components() : List.of();
    List<ZipIndex.Node> way = use.index().way(inside, names);
    if (way == null) {
      throw new MissingFileException("open " + path.path() + ": file not found");
    }
    return way;
  }

  /** The path as the archive writes it. */
  private OSPath named(OSPath path, List<ZipIndex.Node> way) {
    OSPath styled = path.styled(names.style());
    if (!path.hasDelegate()) {
      return styled;
    }
    return styled.withComponents(
        way.stream().skip(1).map(node -> names.component(node.name())).toList());
  }

  private static FileInfo describe(OSPath path, ZipIndex.Node node) {
    if (node.entry() == null) {
      return FileInfo.folder(path, FileInfo.Times.UNKNOWN);
    }
    return FileInfo.file(path, node.entry().getSize(), FileInfo.Times.modified(node.modified()));
  }

  private ZipArchives.Use use(Scope scope, OSPath path) throws IOException {
    return ZipArchives.of(scope).use(scope, Container.of(accessors, path));
  }
}
