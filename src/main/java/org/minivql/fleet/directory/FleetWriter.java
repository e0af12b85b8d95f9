package org.minivql.fleet.directory;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.Opening;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.Json;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * Writes the files of a fleet directory. What cannot be written ends it; what cannot be read for it
 * is noted and left out.
 */
public final class FleetWriter {
  private static final int PIECE = 1 << 16;

  private final Path target;
  private final Damage damage;

  public FleetWriter(Path target, Damage damage) {
    this.target = target;
    this.damage = damage;
  }

  /** Where a file of the fleet is written. */
  Path path(String name) throws IOException {
    Path file = target.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  /** Copies a file, or all files of a folder, as they are. */
  public void copy(Path from, String name) throws IOException {
    if (Files.isDirectory(from)) {
      for (Path file : damage.files(from)) {
        copy(file, target.resolve(name).resolve(from.relativize(file).toString()));
      }
    } else if (damage.isFile(from)) {
      copy(from, target.resolve(name));
    }
  }

  private void copy(Path from, Path to) throws IOException {
    if (copy(from.toString(), () -> Files.newInputStream(from), to)) {
      Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
    }
  }

  /**
   * Copies what can be opened, piece by piece.
   *
   * @param from what to call it where it cannot be read
   */
  public void copy(String from, Opening content, FileTime modified, String name)
      throws IOException {
    Path to = target.resolve(name);
    if (copy(from, content, to) && modified != null) {
      Files.setLastModifiedTime(to, modified);
    }
  }

  private boolean copy(String from, Opening content, Path to) throws IOException {
    if (taken(to)) {
      damage.note(from + ": there is another file or folder in its place");
      return false;
    }
    Files.createDirectories(to.getParent());
    IOException problem;
    try (OutputStream out = Files.newOutputStream(to)) {
      problem = transfer(content, out);
    }
    if (problem != null) {
      // Half of a file must not be taken for the whole.
      Files.delete(to);
      damage.note(from + ": " + JsonLines.reason(problem));
    }
    return problem == null;
  }

  private boolean taken(Path to) {
    for (Path folder = to.getParent(); !folder.equals(target); folder = folder.getParent()) {
      if (Files.isRegularFile(folder)) {
        return true;
      }
    }
    return Files.exists(to);
  }

  /** Answers why the content could not be read to its end, or null. */
  private static IOException transfer(Opening content, OutputStream out) throws IOException {
    byte[] buffer = new byte[PIECE];
    InputStream in;
    try {
      in = content.open();
    } catch (IOException e) {
      return e;
    }
    try (in) {
      while (true) {
        int size;
        try {
          size = in.read(buffer);
        } catch (IOException e) {
          return e;
        }
        if (size < 0) {
          return null;
        }
        out.write(buffer, 0, size);
      }
    }
  }

  /** Writes rows as they come and answers how many; no row, no file. */
  public long stream(String name, Consumer<Sink> rows) throws IOException {
    Path file = path(name);
    long[] count = new long[1];
    IOException[] failure = new IOException[1];
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      rows.accept(
          row -> {
            try {
              out.write(Json.text(row));
              out.write('\n');
              count[0]++;
              return true;
            } catch (IOException e) {
              failure[0] = e;
              return false;
            }
          });
    }
    if (failure[0] != null) {
      throw failure[0];
    }
    if (count[0] == 0) {
      Files.delete(file);
    }
    return count[0];
  }

  /** Writes the rows that there are. */
  public void lines(String name, List<Dict> rows) throws IOException {
    stream(name, out -> rows.stream().allMatch(out::row));
  }

  public void text(String name, String text) throws IOException {
    Files.writeString(path(name), text);
  }

  /** Removes what was written: part of a fleet must not be taken for the whole. */
  public FleetException undone(FleetException reason) {
    for (Path entry : Folders.list(target, name -> true)) {
      try (Stream<Path> files = Files.walk(entry)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException | UncheckedIOException e) {
        return new FleetException(
            reason.getMessage() + "\n" + entry + " is left of it and cannot be removed: " + e);
      }
    }
    return reason;
  }
}
