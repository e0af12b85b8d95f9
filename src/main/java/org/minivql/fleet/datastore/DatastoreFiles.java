package org.minivql.fleet.datastore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.PathNames;
import org.minivql.registry.flow.Recorded;
import org.minivql.spi.FileStore;

/** The file store of a datastore: files as they are and, unpacked, those stored compressed. */
final class DatastoreFiles {
  private final Path root;
  private final PackedFiles packed;
  private final LongNames names;
  private final Damage damage;

  DatastoreFiles(Path root, PackedFiles packed, LongNames names, Damage damage) {
    this.root = root;
    this.packed = packed;
    this.names = names;
    this.damage = damage;
  }

  /** See {@link Recorded#file}. */
  Path file(List<String> path) {
    Path at = place(path);
    return packed.is(at) ? null : at;
  }

  /** See {@link Recorded#files}. */
  Map<String, Path> files(List<String> path) {
    Map<String, Path> files = new TreeMap<>();
    for (Path child : children(path)) {
      if (!packed.is(child)) {
        files.put(names.of(child.getFileName().toString()), child);
      }
    }
    return files;
  }

  /** See {@link Recorded#held}. */
  Recorded.Held held(List<String> path) {
    Path at = place(path);
    if (packed.is(at)) {
      return new Packed(path.get(path.size() - 1), at);
    }
    List<FileStore.Entry> inside = new ArrayList<>();
    for (Path child : Files.isDirectory(at) ? children(path) : List.<Path>of()) {
      if (packed.is(child)) {
        inside.add(new Packed(names.of(child.getFileName().toString()), child).entry());
      }
    }
    return inside.isEmpty() ? null : new Folder(inside);
  }

  private List<Path> children(List<String> path) {
    Path folder = place(path);
    return damage.list(
        folder, name -> !name.endsWith(".db") && !PackedFiles.isIndex(folder.resolve(name)));
  }

  private Path place(List<String> path) {
    Path at = root;
    for (int i = 0; i < path.size(); i++) {
      at = at.resolve(i < path.size() - 1 ? PathNames.encode(path.get(i)) : last(at, path.get(i)));
    }
    return at;
  }

  /** The name of a file, or of a record, which was once kept in another form. */
  private static String last(Path folder, String name) {
    String encoded = PathNames.encode(name);
    if (Files.exists(folder.resolve(encoded)) || !name.endsWith(".db") || name.contains("/")) {
      return encoded;
    }
    String older = name.replaceFirst("\\.json\\.db$", ".db");
    return Files.exists(folder.resolve(name)) ? name : older;
  }

  private final class Packed implements Recorded.Held {
    private final String name;
    private final Path file;

    Packed(String name, Path file) {
      this.name = name;
      this.file = file;
    }

    @Override
    public FileStore.Entry entry() {
      Long size = damage.guarded(file, () -> packed.size(file));
      return new FileStore.Entry(name, false, size == null ? 0 : size, packed.modified(file));
    }

    @Override
    public List<FileStore.Entry> list() {
      return List.of();
    }

    @Override
    public InputStream open() throws IOException {
      return packed.open(file);
    }
  }

  private record Folder(List<FileStore.Entry> list) implements Recorded.Held {
    @Override
    public FileStore.Entry entry() {
      return new FileStore.Entry("", true, 0, null);
    }

    @Override
    public InputStream open() throws IOException {
      throw new NoSuchFileException("");
    }
  }
}
