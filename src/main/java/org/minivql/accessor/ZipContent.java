package org.minivql.accessor;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Bytes;
import org.minivql.value.Scope;

/** The members of a ZIP archive; the archive is the container of the path. */
final class ZipContent implements Accessor {
  private final Accessors accessors;
  private final boolean ignoreCase;

  ZipContent(Accessors accessors, boolean ignoreCase) {
    this.accessors = accessors;
    this.ignoreCase = ignoreCase;
  }

  @Override
  public OSPath parse(String text) {
    return OSPath.parse(PathStyle.ZIP, text);
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) throws IOException {
    try (ZipArchives.Use use = use(scope, path)) {
      ZipIndex.Node node = node(use, path);
      return describe(path, node);
    }
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
    try (ZipArchives.Use use = use(scope, path)) {
      List<FileInfo> found = new ArrayList<>();
      ZipIndex.Node folder = node(use, path);
      for (ZipIndex.Node child : folder.children()) {
        found.add(describe(path.child(child.name()), child));
      }
      found.sort((a, b) -> Bytes.compare(a.name(), b.name()));
      return found;
    }
  }

  @Override
  public InputStream open(Scope scope, OSPath path) throws IOException {
    ZipArchives.Use use = use(scope, path);
    try {
      ZipIndex.Node node = node(use, path);
      if (node.entry() == null) {
        throw new IOException("read " + path.path() + ": is a directory");
      }
      return use.open(node.entry());
    } catch (IOException e) {
      use.close();
      throw e;
    }
  }

  private ZipIndex.Node node(ZipArchives.Use use, OSPath path) throws IOException {
    // Without a container the whole path names the archive and its root is meant.
    List<String> inside = path.hasDelegate() ? path.components() : List.of();
    ZipIndex.Node node = use.index().find(inside, ignoreCase);
    if (node == null) {
      throw new MissingFileException("open " + path.path() + ": file not found");
    }
    return node;
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
