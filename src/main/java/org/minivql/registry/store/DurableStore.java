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
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * A store in one file of a folder, with a small one beside it that counts commits.
 *
 * <p>What {@link #atomically} did is in the file when it returns, all of it or, after a crash in
 * between, none. Changes of several threads are written together. One process writes; others read a
 * copy. A copy of the folder, made while the store is closed, is a backup.
 *
 * <p>A store that lost or changed what was acknowledged does not open, and the message says what is
 * damaged. All entries are read for that, those of a large store while it is worked with already:
 * no damaged entry is ever answered, damage that is found ends the work with the same message, and
 * closing waits until everything was read.
 *
 * @since 0.1.0
 */
public final class DurableStore implements Store {
  private static final String FILE = "registry.mv";
  // So many are read in no time.
  private static final long AT_ONCE = 50_000;

  private final Path folder;
  private final MVStore file;
  private final Seals seals;
  private final Checking checking;
  private final Head head;
  private final Path temporary;
  private final ValueCodec codec = new ValueCodec();
  private final Map<String, MVMap<String, byte[]>> tables = new ConcurrentHashMap<>();
  private final ReentrantReadWriteLock changing = new ReentrantReadWriteLock();
  private final Object writing = new Object();
  private final AtomicLong finished = new AtomicLong();
  private long written;
  private volatile Exception failure;

  private DurableStore(Path folder, MVStore file, Opened opened, Head head, Path temporary) {
    this.folder = folder;
    this.file = file;
    this.seals = opened.seals();
    this.checking = opened.checking();
    this.head = head;
    this.temporary = temporary;
  }

  /**
   * Opens a store to read and write; an empty one is made where there is none.
   *
   * @throws StoreException where another process writes, the folder cannot be written to, the file
   *     is none of ours, or something that was acknowledged is damaged or missing
   */
  public static DurableStore open(Path folder) {
    return open(folder, AT_ONCE);
  }

  /** The same, where more entries than some are read after it has returned. */
  static DurableStore open(Path folder, long atOnce) {
    try {
      Files.createDirectories(folder);
      Path source = folder.resolve(FILE);
      if (!Files.isWritable(Files.exists(source) ? source : folder)) {
        throw new StoreException(folder + ": the store cannot be written to", null);
      }
      long acknowledged = acknowledged(folder);
      MVStore file = open(source, folder, false);
      try {
        Head head = Head.open(folder);
        try {
          Opened opened = checked(folder, file, acknowledged, atOnce);
          return new DurableStore(folder, file, opened, head, null);
        } catch (StoreException e) {
          head.close();
          throw e;
        }
      } catch (StoreException | IOException e) {
        abandon(file, e);
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(folder + ": cannot open the store: " + e.getMessage(), e);
    }
  }

  /**
   * Opens what a store holds now to read only, also while another process writes to it.
   *
   * @throws StoreException where there is no store, or something that was acknowledged is damaged
   *     or missing
   */
  public static DurableStore openToRead(Path folder) {
    Path source = folder.resolve(FILE);
    if (!Files.isRegularFile(source)) {
      throw new StoreException(folder + ": there is no store", null);
    }
    try {
      // Asked first: what is acknowledged while the file is copied may or may not be in the copy.
      long acknowledged = acknowledged(folder);
      // Written parts of the file stay as they are for longer than it takes to copy them.
      Path copy = Files.createTempFile("registry", ".mv");
      try {
        Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
        MVStore file = open(copy, folder, true);
        try {
          Opened opened = checked(folder, file, acknowledged, AT_ONCE);
          return new DurableStore(folder, file, opened, null, copy);
        } catch (StoreException e) {
          abandon(file, e);
          throw e;
        }
      } catch (StoreException | IOException e) {
        Files.deleteIfExists(copy);
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(folder + ": cannot read the store: " + e.getMessage(), e);
    }
  }

  private static long acknowledged(Path folder) throws IOException {
    long acknowledged;
    try {
      acknowledged = Head.read(folder);
    } catch (StoreException e) {
      throw new StoreException(folder + ": damaged: " + e.getMessage(), e);
    }
    if (acknowledged > 0 && !Files.exists(folder.resolve(FILE))) {
      throw new StoreException(folder + ": damaged: the file " + FILE + " is missing", null);
    }
    return acknowledged;
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
          String.valueOf(e.getMessage()).contains("locked")
              ? "another process is writing to this store"
              : "not a store, or damaged: " + e.getMessage();
      throw new StoreException(folder + ": " + why, e);
    } catch (RuntimeException | AssertionError e) {
      // What the library meets in a damaged file it has no exceptions of its own for.
      throw new StoreException(folder + ": not a store, or damaged: " + e, e);
    }
  }

  /** Closes a file that cannot be used, for the reason given. */
  private static void abandon(MVStore file, Exception reason) {
    try {
      file.closeImmediately();
    } catch (MVStoreException e) {
      reason.addSuppressed(e);
    }
  }

  private record Opened(Seals seals, Checking checking) {}

  private static Opened checked(Path folder, MVStore file, long acknowledged, long atOnce) {
    try {
      Seals seals = counted(folder, file, acknowledged);
      return new Opened(seals, Checking.begin(folder, file, seals, atOnce));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      throw new StoreException(folder + ": damaged: " + reason(e), e);
    }
  }

  private static Seals counted(Path folder, MVStore file, long acknowledged) {
    try {
      Seals seals = new Seals(file.openMap(Seals.TABLE, map()));
      long commits = seals.check(file);
      if (commits < acknowledged) {
        throw new StoreException(
            "the last " + (acknowledged - commits) + " of " + acknowledged + " changes are missing",
            null);
      }
      return seals;
    } catch (StoreException e) {
      throw new StoreException(folder + ": damaged: " + e.getMessage(), e);
    } catch (RuntimeException | AssertionError e) {
      throw new StoreException(folder + ": damaged: " + e, e);
    }
  }

  static MVMap.Builder<String, byte[]> map() {
    return new MVMap.Builder<String, byte[]>()
        .keyType(StringDataType.INSTANCE)
        .valueType(ByteArrayDataType.INSTANCE);
  }

  private MVMap<String, byte[]> table(String name) {
    checking.require();
    if (failure != null) {
      throw new StoreException(
          folder + ": the store was closed when it could not be written to: " + reason(failure),
          failure);
    }
    return tables.computeIfAbsent(name, n -> file.openMap(n, map()));
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  @Override
  public List<String> tables() {
    return file.getMapNames().stream().filter(n -> !n.equals(Seals.TABLE)).sorted().toList();
  }

  @Override
  public Object get(String table, String key) {
    return guarded(
        () -> {
          byte[] sealed = table(table).get(key);
          return sealed == null ? null : codec.decode(Seals.unseal(table, key, sealed));
        });
  }

  @Override
  public void put(String table, String key, Object value) {
    byte[] sealed = Seals.seal(table, key, codec.encode(value));
    change(() -> seals.replaced(table, guarded(() -> table(table).put(key, sealed)), sealed));
  }

  @Override
  public void remove(String table, String key) {
    change(() -> seals.replaced(table, guarded(() -> table(table).remove(key)), null));
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
    return guarded(() -> table(table).sizeAsLong());
  }

  @Override
  public boolean scan(String table, String prefix, Visitor visitor) {
    Cursor<String, byte[]> cursor = guarded(() -> table(table).cursor(prefix));
    Supplier<String> next = () -> cursor.hasNext() ? cursor.next() : null;
    for (String key = guarded(next); key != null; key = guarded(next)) {
      if (!key.startsWith(prefix)) {
        return true;
      }
      String at = key;
      Object value = guarded(() -> codec.decode(Seals.unseal(table, at, cursor.getValue())));
      if (!visitor.entry(key, value)) {
        return false;
      }
    }
    return true;
  }

  /** Says in the same words what is damaged, whoever comes upon it first. */
  private <T> T guarded(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (StoreException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(folder + ": ")
          ? e
          : new StoreException(folder + ": damaged: " + message, e);
    } catch (RuntimeException | AssertionError e) {
      throw new StoreException(folder + ": damaged: " + reason(e), e);
    }
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
        if (seals.changed()) {
          write();
        }
        written = upTo;
      } finally {
        changing.writeLock().unlock();
      }
    }
  }

  private void write() {
    checking.require();
    try {
      long commits = seals.write();
      file.commit();
      head.write(commits);
    } catch (MVStoreException | IOException e) {
      failure = failure == null ? e : failure;
      throw new StoreException(
          folder + ": a change could not be written and is not kept: " + reason(failure), e);
    }
  }

  @Override
  public void close() {
    checking.await();
    try {
      checking.require();
    } catch (StoreException e) {
      failure = failure == null ? e : failure;
    }
    try {
      if (failure != null) {
        // What is in memory and could not be written must not reach the file later.
        file.closeImmediately();
      } else {
        seal();
        file.close();
      }
      if (head != null) {
        head.close();
      }
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
      checking.require();
    } catch (MVStoreException | IOException e) {
      throw new StoreException(folder + ": cannot close the store: " + reason(e), e);
    }
  }

  /** Changes outside of {@link #atomically} are kept when a store is closed. */
  private void seal() {
    if (head != null && !file.isClosed()) {
      changing.writeLock().lock();
      try {
        if (seals.changed()) {
          write();
        }
      } finally {
        changing.writeLock().unlock();
      }
    }
  }
}
