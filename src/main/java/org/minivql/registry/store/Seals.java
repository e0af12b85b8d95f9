package org.minivql.registry.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;

/**
 * What tells that a store is whole. Each entry carries a sum of itself; each table has the number
 * of its entries and the total of their sums; and the commits are counted. So an entry that was
 * altered, lost or is left from an earlier time cannot pass. Each is looked up, too: what leads to
 * an entry has no sum, and one that is there need not be found.
 */
final class Seals {
  /** The table of the seals, which is none of the store's own. */
  static final String TABLE = "$seals";

  private static final int BYTES = 4;
  private static final String COMMITS = "$commits";

  private final MVMap<String, byte[]> map;
  private final Map<String, Seal> seals = new ConcurrentHashMap<>();
  private long commits;

  /** The seal of one table. */
  private static final class Seal {
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong total = new AtomicLong();
    private volatile boolean changed;
  }

  Seals(MVMap<String, byte[]> map) {
    this.map = map;
  }

  /** An encoded value with its sum in front. */
  static byte[] seal(String table, String key, byte[] value) {
    return ByteBuffer.allocate(BYTES + value.length)
        .putInt(sum(table.getBytes(StandardCharsets.UTF_8), key, value, 0))
        .put(value)
        .array();
  }

  /** The encoded value without its sum, which is checked. */
  static byte[] unseal(String table, String key, byte[] sealed) {
    byte[] name = table.getBytes(StandardCharsets.UTF_8);
    if (sealed.length < BYTES || sum(name, key, sealed, BYTES) != sumOf(sealed)) {
      throw damaged(table, key);
    }
    return Arrays.copyOfRange(sealed, BYTES, sealed.length);
  }

  private static StoreException damaged(String table, String key) {
    return new StoreException("the entry " + key + " of the table " + table + " is damaged", null);
  }

  private static int sum(byte[] table, String key, byte[] bytes, int from) {
    CRC32 crc = new CRC32();
    crc.update(table);
    crc.update(0);
    crc.update(key.getBytes(StandardCharsets.UTF_16BE));
    crc.update(0);
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }

  private static int sumOf(byte[] sealed) {
    return ByteBuffer.wrap(sealed).getInt();
  }

  /** An entry takes the place of another; either may be null. */
  void replaced(String table, byte[] before, byte[] after) {
    Seal seal = seals.computeIfAbsent(table, name -> new Seal());
    seal.count.addAndGet((after == null ? 0 : 1) - (before == null ? 0 : 1));
    seal.total.addAndGet(total(after) - total(before));
    seal.changed = true;
  }

  private static long total(byte[] sealed) {
    return sealed == null ? 0 : (sumOf(sealed) & 0xffffffffL) * 0x9E3779B97F4A7C15L;
  }

  /** Whether a table changed since the seals were written. */
  boolean changed() {
    return seals.values().stream().anyMatch(seal -> seal.changed);
  }

  /** Puts the seals of changed tables into the file; no table may change meanwhile. */
  long write() {
    seals.forEach(
        (table, seal) -> {
          if (seal.changed) {
            map.put(table, longs(seal.count.get(), seal.total.get()));
            seal.changed = false;
          }
        });
    map.put(COMMITS, longs(++commits, 0));
    return commits;
  }

  private static byte[] longs(long first, long second) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(first).putLong(second).array();
  }

  /**
   * Looks at the tables and the number of their entries, but not at the entries.
   *
   * @return how many commits there were
   * @throws StoreException says what is damaged
   */
  long check(MVStore file) {
    for (String table : file.getMapNames()) {
      if (!table.equals(TABLE)) {
        Seal seal = kept(table);
        seals.put(table, seal);
        count(table, file.openMap(table, DurableStore.map()).sizeAsLong(), seal.count.get());
      }
    }
    for (Cursor<String, byte[]> kept = map.cursor(null); kept.hasNext(); ) {
      String table = kept.next();
      if (!table.equals(COMMITS) && !seals.containsKey(table)) {
        count(table, 0, kept(table).count.get());
      }
    }
    byte[] counted = map.get(COMMITS);
    commits = counted == null ? 0 : ByteBuffer.wrap(counted).getLong();
    return commits;
  }

  private Seal kept(String table) {
    Seal seal = new Seal();
    byte[] kept = map.get(table);
    if (kept != null) {
      seal.count.set(ByteBuffer.wrap(kept).getLong());
      seal.total.set(ByteBuffer.wrap(kept).getLong(Long.BYTES));
    }
    return seal;
  }

  private static void count(String table, long found, long kept) {
    if (found != kept) {
      throw new StoreException(
          "the table " + table + " has " + found + " entries and should have " + kept, null);
    }
  }

  /** What is to be read to see that every entry is as it was written; call {@link #check} first. */
  Reading reading(MVStore file) {
    Map<String, Part> parts = new TreeMap<>();
    long entries = 0;
    for (Map.Entry<String, Seal> seal : seals.entrySet()) {
      String table = seal.getKey();
      MVMap<String, byte[]> map = file.openMap(table, DurableStore.map());
      // A cursor and a root stay with the entries of the moment in which they were asked for.
      parts.put(
          table,
          new Part(
              map,
              map.getRootPage(),
              map.cursor(null),
              seal.getValue().count.get(),
              seal.getValue().total.get()));
      entries += seal.getValue().count.get();
    }
    return new Reading(parts, entries);
  }

  private record Part(
      MVMap<String, byte[]> map,
      Page<String, byte[]> root,
      Cursor<String, byte[]> cursor,
      long count,
      long total) {
    boolean finds(String key) {
      return map.get(root, key) != null;
    }
  }

  /**
   * The entries of a moment.
   *
   * @param entries how many there are
   */
  record Reading(Map<String, Part> parts, long entries) {
    /**
     * Reads all of them.
     *
     * @throws StoreException says what is damaged
     */
    void run() {
      parts.forEach(Reading::read);
    }

    private static void read(String table, Part part) {
      byte[] name = table.getBytes(StandardCharsets.UTF_8);
      String last = null;
      long count = 0;
      long total = 0;
      try {
        while (part.cursor().hasNext()) {
          String key = part.cursor().next();
          byte[] sealed = part.cursor().getValue();
          if (sealed.length < BYTES || sum(name, key, sealed, BYTES) != sumOf(sealed)) {
            throw damaged(table, key);
          }
          if (!part.finds(key)) {
            throw new StoreException(
                "the table " + table + " does not find its entry " + key, null);
          }
          count++;
          total += total(sealed);
          last = key;
        }
      } catch (StoreException e) {
        throw e;
      } catch (RuntimeException | AssertionError e) {
        String where = last == null ? "at its begin" : "after the entry " + last;
        throw new StoreException("the table " + table + " is damaged " + where, e);
      }
      count(table, count, part.count());
      if (total != part.total()) {
        throw new StoreException("entries of the table " + table + " are of an earlier time", null);
      }
    }
  }
}
