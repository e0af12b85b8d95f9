package org.minivql.fleet.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.minivql.fleet.source.FleetException;

/** Collects the files that could not be read; what is read beside them is kept. */
public final class Damage {
  private static final int MOST = 1000;

  private final Set<String> problems = new LinkedHashSet<>();
  private boolean more;

  /**
   * What reading gives, or null where the file is damaged.
   *
   * @param file what to call it
   */
  public <T> T guarded(Object file, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (FleetException e) {
      note(e.getMessage());
    } catch (UncheckedIOException e) {
      note(file + ": " + JsonLines.reason(e.getCause()));
    } catch (IllegalArgumentException e) {
      note(file + ": damaged: " + e.getMessage());
    }
    return null;
  }

  /** Whether there is a file; something else in its place is noted. */
  public boolean isFile(Path file) {
    boolean is = Files.isRegularFile(file);
    if (!is && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      note(file + ": is not a file");
    }
    return is;
  }

  /** The entries of a folder by name; one that cannot be read, or is none, is noted. */
  public List<Path> list(Path folder, Predicate<String> wanted) {
    if (!Files.isDirectory(folder) && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      note(folder + ": is not a folder");
    }
    List<Path> entries = guarded(folder, () -> Folders.list(folder, wanted));
    return entries == null ? List.of() : entries;
  }

  /** The folders in a folder by name; see {@link #list}. */
  public List<Path> folders(Path folder) {
    return list(folder, name -> Files.isDirectory(folder.resolve(name)));
  }

  /** The files in a folder and the folders in it, by path; what cannot be read is noted. */
  public List<Path> files(Path root) {
    List<Path> files = new ArrayList<>();
    if (list(root, name -> true).isEmpty()) {
      return files;
    }
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (isFile(file)) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
              note(file + ": " + JsonLines.reason(problem));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException problem) {
              if (problem != null) {
                note(folder + ": " + JsonLines.reason(problem));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      note(root + ": " + JsonLines.reason(e));
    }
    files.sort(null);
    return files;
  }

  public synchronized void note(String problem) {
    if (problems.size() < MOST) {
      problems.add(problem);
    } else {
      more |= !problems.contains(problem);
    }
  }

  public synchronized List<String> problems() {
    return more
        ? Stream.concat(problems.stream(), Stream.of("… and more problems of this kind")).toList()
        : List.copyOf(problems);
  }
}
