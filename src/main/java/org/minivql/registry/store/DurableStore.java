package org.minivql.registry.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.minivql.registry.Store;
import org.minivql.registry.StoreException;

/**
 * A store in one file of a folder.
 *
 * <p>What {@link #atomically} did is in the file when it returns, all of it or, after a crash in
 * between, none. Changes of several threads are written together. One process writes; others read a
 * copy. A copy of the folder, made while the store is closed, is a backup.
 */
public final class DurableStore implements Store {
  private static final String FILE = "registry.mv";

  private final MVStore file;
  private final Path temporary;
  private final ValueCodec codec = new ValueCodec();
  private final Map<String, MVMap<String, byte[]>> tables = new ConcurrentHashMap<>();
  private final ReentrantReadWriteLock changing = new ReentrantReadWriteLock();
  private final Object writing = new Object();
  private final AtomicLong finished = new AtomicLong();
  private long written;

  private DurableStore(MVStore file, Path temporary) {
    this.file = file;
    this.temporary = temporary;
  }

  /**
   * Opens a store to read and write; an empty one is made where there is none.
   *
   * @throws StoreException where another process writes, or the file is none of ours
   */
  public static DurableStore open(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StoreException(folder + ": cannot make the folder: " + e.getMessage(), e);
    }
    return new DurableStore(open(folder.resolve(FILE), folder, false), null);
  }

  /**
   * Opens what a store holds now to read only, also while another process writes to it.
   *
   * @throws StoreException where there is no store
   */
  public static DurableStore openToRead(Path folder) {
    Path source = folder.resolve(FILE);
    if (!Files.isRegularFile(source)) {
      throw new StoreException(folder + ": there is no store", null);
    }
    try {
      // Written parts of the file stay as they are for longer than it takes to copy them.
      Path copy = Files.createTempFile("registry", ".mv");
      Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
      return new DurableStore(open(copy, folder, true), copy);
    } catch (IOException e) {
      throw new StoreException(folder + ": cannot read the store: " + e.getMessage(), e);
    }
  }

  private static MVStore open(Path path, Path folder, boolean readOnly) {
    MVStore.Builder builder =
        new MVStore.Builder()
            .fileName(path.toString())
            .compress()
            .autoCommitDisabled()
            .autoCommitBufferSize(0);
    try {
      return (readOnly ? builder.readOnly() : builder).open();
    } catch (MVStoreException e) {
      String why =
          e.getMessage().contains("locked")
              ? "another process is writing to this store"
              : "not a store, or damaged: " + e.getMessage();
      throw new StoreException(folder + ": " + why, e);
    }
  }

  private MVMap<String, byte[]> table(String name) {
    return tables.computeIfAbsent(
        name,
        n ->
            file.openMap(
                n,
                new MVMap.Builder<String, byte[]>()
                    .keyType(StringDataType.INSTANCE)
                    .valueType(ByteArrayDataType.INSTANCE)));
  }

  @Override
  public List<String> tables() {
    return file.getMapNames().stream().sorted().toList();
  }

  @Override
  public Object get(String table, String key) {
    byte[] bytes = table(table).get(key);
    return bytes == null ? null : codec.decode(bytes);
  }

  @Override
  public void put(String table, String key, Object value) {
    change(() -> table(table).put(key, codec.encode(value)));
  }

  @Override
  public void remove(String table, String key) {
    change(() -> table(table).remove(key));
  }

  /** A change by itself waits for the next commit; it must not happen during one. */
  private void change(Runnable change) {
    changing.readLock().lock();
    try {
      change.run();
    } finally {
      changing.readLock().unlock();
    }
  }

  @Override
  public long size(String table) {
    return table(table).sizeAsLong();
  }

  @Override
  public boolean scan(String table, String prefix, Visitor visitor) {
    Cursor<String, byte[]> cursor = table(table).cursor(prefix);
    while (cursor.hasNext()) {
      String key = cursor.next();
      if (!key.startsWith(prefix)) {
        return true;
      }
      if (!visitor.entry(key, codec.decode(cursor.getValue()))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void atomically(Runnable changes) {
    boolean outermost = changing.getReadHoldCount() == 0;
    change(changes);
    if (outermost) {
      commit(finished.incrementAndGet());
    }
  }

  /** Writes all finished changes, unless another thread has written this one along with its own. */
  private void commit(long change) {
    synchronized (writing) {
      if (written >= change) {
        return;
      }
      changing.writeLock().lock();
      try {
        long upTo = finished.get();
        file.commit();
        written = upTo;
      } finally {
        changing.writeLock().unlock();
      }
    }
  }

  @Override
  public void close() {
    file.close();
    if (temporary != null) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        throw new StoreException(temporary + ": cannot remove the copy: " + e.getMessage(), e);
      }
    }
  }
}
