package org.minivql.accessor;

import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Displayed;
import org.minivql.value.Members;
import org.minivql.value.Operand;
import org.minivql.value.Timestamp;

/**
 * What is known about a file: a row of {@code glob} and {@code stat}. Immutable.
 *
 * <p>Columns: {@code Name, OSPath, Mtime, Atime, Ctime, Btime, Size} (bytes), {@code Mode} (with
 * type bits), {@code IsDir, IsLink, Data}, and {@code Globs} in rows of {@code glob}.
 *
 * @since 0.1.0
 */
public final class FileInfo implements Members, Operand, Displayed {
  private static final List<String> NAMES =
      List.of(
          "Name", "OSPath", "Mtime", "Atime", "Ctime", "Btime", "Size", "Mode", "IsDir", "IsLink",
          "Data");
  private static final Timestamp NEVER =
      Timestamp.utc(java.time.Instant.parse("0001-01-01T00:00:00Z"));

  private final OSPath path;
  private final String name;
  private final long size;
  private final long mode;
  private final boolean link;
  private final Times times;
  private final Dict data;
  private final List<String> globs;

  /** The times of a file; null where unknown. */
  public record Times(Timestamp modified, Timestamp accessed, Timestamp changed, Timestamp born) {
    /** No times at all. */
    public static final Times UNKNOWN = new Times(NEVER, NEVER, NEVER, NEVER);

    /** Only the time of the last change of the content. */
    public static Times modified(Timestamp time) {
      return new Times(time, NEVER, NEVER, NEVER);
    }
  }

  private FileInfo(
      OSPath path,
      String name,
      long size,
      long mode,
      boolean link,
      Times times,
      Dict data,
      List<String> globs) {
    this.path = path;
    this.name = name;
    this.size = size;
    this.mode = mode;
    this.link = link;
    this.times = times;
    this.data = data;
    this.globs = globs;
  }

  /** A plain file. */
  public static FileInfo file(OSPath path, long size, Times times) {
    return new FileInfo(path, path.basename(), size, 0644, false, times, Dict.EMPTY, null);
  }

  /** A folder. */
  public static FileInfo folder(OSPath path, Times times) {
    return new FileInfo(
        path, path.basename(), 0, Modes.FOLDER | 0755, false, times, Dict.EMPTY, null);
  }

  /** A file of the host. */
  public static FileInfo host(
      OSPath path, long size, long mode, boolean link, Times times, Dict data) {
    return new FileInfo(path, path.basename(), size, mode, link, times, data, null);
  }

  /** The same file under another name. */
  FileInfo named(String other) {
    return new FileInfo(path, other, size, mode, link, times, data, globs);
  }

  /** The same file at another path. */
  public FileInfo at(OSPath other) {
    return new FileInfo(other, name, size, mode, link, times, data, globs);
  }

  /** The same file with the patterns that found it. */
  public FileInfo found(List<String> patterns) {
    return new FileInfo(path, name, size, mode, link, times, data, List.copyOf(patterns));
  }

  /** Where it is. */
  public OSPath path() {
    return path;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its size in bytes. */
  public long size() {
    return size;
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return Modes.isFolder(mode);
  }

  /** Whether it can be read as a file. */
  public boolean isRegular() {
    return Modes.isRegular(mode);
  }

  /** Whether it is a symbolic link. */
  public boolean isLink() {
    return link;
  }

  /** Its times. */
  public Times times() {
    return times;
  }

  /** What the accessor knows besides. */
  public Dict data() {
    return data;
  }

  @Override
  public Object member(String member) {
    return switch (member) {
      case "Name" -> name;
      case "OSPath" -> path;
      case "FullPath" -> path.text();
      case "Mtime", "ModTime" -> times.modified();
      case "Atime" -> times.accessed();
      case "Ctime" -> times.changed();
      case "Btime" -> times.born();
      case "Size" -> size;
      case "Mode" -> mode;
      case "ModeStr" -> Modes.text(mode);
      case "IsDir" -> isFolder();
      case "IsLink" -> link;
      case "Data" -> data;
      case "Globs" -> globs == null ? Absent.ABSENT : new ArrayList<Object>(globs);
      default -> Absent.ABSENT;
    };
  }

  @Override
  public List<String> memberNames() {
    if (globs == null) {
      return NAMES;
    }
    List<String> names = new ArrayList<>(NAMES);
    names.add("Globs");
    return names;
  }

  @Override
  public String text() {
    return path.text();
  }

  @Override
  public Object display() {
    return Dict.of(
        "FullPath", path.text(),
        "Size", size,
        "Mode", mode,
        "ModeStr", Modes.text(mode),
        "ModTime", times.modified(),
        "Data", data,
        "Mtime", times.modified(),
        "Ctime", times.changed(),
        "Atime", times.accessed());
  }
}
