package org.minivql.accessor.glob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.MissingFileException;
import org.minivql.accessor.OSPath;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/**
 * Walks the folders that patterns lead into and emits the files they match.
 *
 * @since 0.1.0
 */
public final class GlobSearch {
  private final Scope scope;
  private final Accessor accessor;
  private final Options options;
  private final Sink out;

  /**
   * How to walk.
   *
   * @param links whether links to folders are followed
   * @param oneDevice whether links to another device are not
   * @param descend asked before a folder is entered
   */
  public record Options(boolean links, boolean oneDevice, Predicate<FileInfo> descend) {}

  /** A search that sends {@link FileInfo} rows. */
  public GlobSearch(Scope scope, Accessor accessor, Options options, Sink out) {
    this.scope = scope;
    this.accessor = accessor;
    this.options = options;
    this.out = out;
  }

  /**
   * Searches below a folder: the hits of a folder in name order, then those of its folders.
   *
   * @return false when no more rows are wanted
   */
  public boolean run(OSPath root, List<Glob> globs) {
    Set<Glob.Position> start = new LinkedHashSet<>();
    for (Glob glob : globs) {
      if (!glob.isEmpty()) {
        start.add(glob.start());
      }
    }
    return start.isEmpty() || folder(root, start, Set.of());
  }

  private record Below(FileInfo info, Set<Glob.Position> positions) {}

  private boolean folder(OSPath folder, Set<Glob.Position> positions, Set<Object> followed) {
    List<FileInfo> children;
    try {
      children = accessor.list(scope, folder);
    } catch (MissingFileException e) {
      return true;
    } catch (IOException e) {
      scope.log("Globber: " + e.getMessage() + " while processing " + folder.text());
      return true;
    }
    List<Below> inside = new ArrayList<>();
    for (FileInfo child : children) {
      Set<Glob.Position> next = new LinkedHashSet<>();
      Set<String> hits = new LinkedHashSet<>();
      for (Glob.Position position : positions) {
        if (position.match(child.name(), next)) {
          hits.add(position.glob().text());
        }
      }
      if (!hits.isEmpty() && !out.row(child.found(List.copyOf(hits)))) {
        return false;
      }
      if (!next.isEmpty()) {
        inside.add(new Below(child, next));
      }
    }
    for (Below below : inside) {
      if (!scope.alive() || !enter(below, followed)) {
        return false;
      }
    }
    return true;
  }

  private boolean enter(Below below, Set<Object> followed) {
    FileInfo info = below.info();
    try {
      if (info.isLink() && !options.links()
          || !accessor.isFolder(scope, info)
          || !options.descend().test(info)) {
        return true;
      }
      Set<Object> chain = followed;
      if (info.isLink()) {
        chain = new HashSet<>(followed);
        if (!chain.add(accessor.identity(scope, info)) || otherDevice(info)) {
          return true;
        }
      }
      return folder(info.path(), below.positions(), chain);
    } catch (IOException e) {
      scope.log("Globber: " + e.getMessage() + " while processing " + info.path().text());
      return true;
    }
  }

  private boolean otherDevice(FileInfo link) throws IOException {
    if (!options.oneDevice()) {
      return false;
    }
    OSPath here = link.path().dirname();
    FileInfo target = accessor.target(scope, link);
    FileInfo folder = accessor.stat(scope, here);
    return !Objects.equals(target.data().get("DevMinor"), folder.data().get("DevMinor"))
        || !Objects.equals(target.data().get("DevMajor"), folder.data().get("DevMajor"));
  }
}
