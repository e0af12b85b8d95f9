package org.minivql.fleet.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.minivql.registry.flow.Recorded;
import org.minivql.spi.FileStore;

/**
 * The uploads in archives, found where the file store of a server has them that imported the
 * archives. They stay in the archive and are read out of it as a stream.
 */
final class ArchiveFiles {
  private final Folder root = new Folder("");

  /** Adds the uploads of an archive. */
  void add(List<String> place, CollectorArchive archive) {
    archive.uploads(
        file -> {
          List<String> path = new ArrayList<>(place);
          path.addAll(file.path());
          root.add(path, file);
        });
  }

  /** What is at a path of the file store, or null. */
  Recorded.Held at(List<String> path) {
    Recorded.Held at = root;
    for (String name : path) {
      at = at instanceof Folder folder ? folder.inside.get(name) : null;
    }
    return at;
  }

  /** What two hold at the same path: the entries of both, where both are folders. */
  static Recorded.Held both(Recorded.Held under, Recorded.Held over) {
    if (under == null || over == null || !under.entry().folder() || !over.entry().folder()) {
      return over == null ? under : over;
    }
    return new Merged(under, over);
  }

  private static final class Folder implements Recorded.Held {
    private final String name;
    private final Map<String, Recorded.Held> inside = new ConcurrentSkipListMap<>();

    Folder(String name) {
      this.name = name;
    }

    void add(List<String> path, CollectorArchive.Uploaded file) {
      String first = path.get(0);
      if (path.size() == 1) {
        inside.putIfAbsent(first, new Member(first, file));
      } else if (inside.computeIfAbsent(first, Folder::new) instanceof Folder folder) {
        folder.add(path.subList(1, path.size()), file);
      }
    }

    @Override
    public FileStore.Entry entry() {
      return new FileStore.Entry(name, true, 0, null);
    }

    @Override
    public List<FileStore.Entry> list() {
      return inside.values().stream().map(Recorded.Held::entry).toList();
    }

    @Override
    public InputStream open() throws IOException {
      throw new NoSuchFileException(name);
    }
  }

  private record Member(String name, CollectorArchive.Uploaded file) implements Recorded.Held {
    @Override
    public FileStore.Entry entry() {
      return new FileStore.Entry(name, false, file.size(), file.modified().toInstant());
    }

    @Override
    public List<FileStore.Entry> list() {
      return List.of();
    }

    @Override
    public InputStream open() throws IOException {
      return file.content().open();
    }
  }

  private record Merged(Recorded.Held under, Recorded.Held over) implements Recorded.Held {
    @Override
    public FileStore.Entry entry() {
      return over.entry();
    }

    @Override
    public List<FileStore.Entry> list() {
      List<FileStore.Entry> all = new ArrayList<>(over.list());
      for (FileStore.Entry entry : under.list()) {
        if (over.list().stream().noneMatch(other -> other.name().equals(entry.name()))) {
          all.add(entry);
        }
      }
      return all;
    }

    @Override
    public InputStream open() throws IOException {
      return over.open();
    }
  }
}
