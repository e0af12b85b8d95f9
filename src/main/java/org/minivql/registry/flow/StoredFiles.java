package org.minivql.registry.flow;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.minivql.spi.FileStore;

/**
 * The file store of an org: what is recorded and, over it, what was written since, which lies in
 * temporary files until the store is closed.
 *
 * @since 0.1.0
 */
public final class StoredFiles implements FileStore {
  private static final String SEPARATOR = "\0";

  private final Recorded recorded;
  private final String prefix;
  private final Clock clock;
  private final Map<String, Path> written = new ConcurrentSkipListMap<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();

  /** The file store of an org over what is recorded. */
  public StoredFiles(Recorded recorded, String orgId, Clock clock) {
    this.recorded = recorded;
    this.clock = clock;
    this.prefix = "vql-" + orgId + "-";
  }

  private static String key(List<String> path) {
    return String.join(SEPARATOR, path);
  }

  @Override
  public Entry find(List<String> path) {
    String name = path.isEmpty() ? "" : path.get(path.size() - 1);
    Path file = content(path);
    if (file != null) {
      return entry(name, file);
    }
    Recorded.Held held = held(path);
    if (held != null) {
      return path.isEmpty() ? new Entry("", true, 0, null) : held.entry();
    }
    String inside = path.isEmpty() ? "" : key(path) + SEPARATOR;
    return path.isEmpty() || written.keySet().stream().anyMatch(key -> key.startsWith(inside))
        ? new Entry(name, true, 0, null)
        : null;
  }

  /** The file of the host at a path, or null. */
  private Path content(List<String> path) {
    String key = key(path);
    Path own = written.get(key);
    if (own != null || deleted.contains(key)) {
      return own;
    }
    Path file = recorded.file(path);
    return file != null && Files.exists(file) ? file : null;
  }

  /** What is at a path that is no file of the host, or null. */
  private Recorded.Held held(List<String> path) {
    return deleted.contains(key(path)) ? null : recorded.held(path);
  }

  private static Entry entry(String name, Path file) {
    try {
      BasicFileAttributes known = Files.readAttributes(file, BasicFileAttributes.class);
      boolean folder = known.isDirectory();
      return new Entry(
          name, folder, folder ? 0 : known.size(), known.lastModifiedTime().toInstant());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Entry> list(List<String> path) {
    Map<String, Entry> entries = new TreeMap<>();
    String inside = path.isEmpty() ? "" : key(path) + SEPARATOR;
    Recorded.Held held = recorded.held(path);
    for (Entry entry : held == null ? List.<Entry>of() : held.list()) {
      if (!deleted.contains(inside + entry.name())) {
        entries.put(entry.name(), entry);
      }
    }
    recorded
        .files(path)
        .forEach(
            (name, file) -> {
              if (!deleted.contains(inside + name)) {
                entries.put(name, entry(name, file));
              }
            });
    written.forEach(
        (key, file) -> {
          if (key.startsWith(inside)) {
            String rest = key.substring(inside.length());
            int end = rest.indexOf(SEPARATOR);
            String name = end < 0 ? rest : rest.substring(0, end);
            entries.put(name, end < 0 ? entry(name, file) : new Entry(name, true, 0, null));
          }
        });
    return new ArrayList<>(entries.values());
  }

  @Override
  public InputStream open(List<String> path) throws IOException {
    Path file = content(path);
    Recorded.Held held = file == null ? held(path) : null;
    if (held != null && !held.entry().folder()) {
      return held.open();
    }
    if (file == null || Files.isDirectory(file)) {
      throw new NoSuchFileException("/" + String.join("/", path));
    }
    return Files.newInputStream(file);
  }

  @Override
  public OutputStream create(List<String> path) throws IOException {
    Path file = Files.createTempFile(prefix, ".stored");
    String key = key(path);
    return new FilterOutputStream(Files.newOutputStream(file)) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
      }

      @Override
      public void close() throws IOException {
        super.close();
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        Path before = written.put(key, file);
        deleted.remove(key);
        if (before != null && !before.equals(file)) {
          Files.deleteIfExists(before);
        }
      }
    };
  }

  @Override
  public boolean delete(List<String> path) {
    Entry entry = find(path);
    if (entry == null || entry.folder()) {
      return false;
    }
    String key = key(path);
    deleted.add(key);
    remove(written.remove(key));
    return true;
  }

  @Override
  public Path host(List<String> path) {
    Path own = written.get(key(path));
    return own == null ? recorded.file(path) : own;
  }

  /** Removes what was written of a client. */
  public void forget(String clientId) {
    for (String folder : List.of("clients", "downloads")) {
      String inside = key(List.of(folder, clientId)) + SEPARATOR;
      for (String key : List.copyOf(written.keySet())) {
        if (key.startsWith(inside)) {
          remove(written.remove(key));
        }
      }
    }
  }

  private static void remove(Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Removes what was written. */
  public void close() {
    List.copyOf(written.values()).forEach(StoredFiles::remove);
    written.clear();
  }
}
