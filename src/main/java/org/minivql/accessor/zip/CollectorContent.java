package org.minivql.accessor.zip;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.value.Scope;

/**
 * What an offline collector packed. Where it sealed the archive proper in another one, its files
 * are found as if it had not.
 */
public final class CollectorContent implements Accessor {
  private static final String SEALED = "data.zip";
  private static final Set<String> AROUND = Set.of(SEALED, "metadata.json");

  private final ZipContent members;

  public CollectorContent(Accessors accessors) {
    this.members = new ZipContent(accessors, ZipNames.ESCAPED);
  }

  @Override
  public OSPath parse(String text) {
    return members.parse(text);
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) throws IOException {
    return members.stat(scope, inside(scope, path)).at(path.styled(PathStyle.ZIP));
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
    OSPath folder = path.styled(PathStyle.ZIP);
    List<FileInfo> found = new ArrayList<>();
    for (FileInfo info : members.list(scope, inside(scope, path))) {
      found.add(info.at(folder.child(info.name())));
    }
    return found;
  }

  @Override
  public InputStream open(Scope scope, OSPath path) throws IOException {
    return members.open(scope, inside(scope, path));
  }

  /** The same path in the sealed archive, if there is one. */
  private OSPath inside(Scope scope, OSPath path) throws IOException {
    if (!path.hasDelegate()) {
      return path;
    }
    OSPath root = path.withComponents(List.of());
    boolean sealed = false;
    for (FileInfo info : members.list(scope, root)) {
      if (!AROUND.contains(info.name())) {
        return path;
      }
      sealed |= info.name().equals(SEALED);
    }
    return sealed ? path.in("zip", root.child(SEALED).text()) : path;
  }
}
