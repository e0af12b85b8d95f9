package org.minivql.registry.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Ordered tables of VQL values: what the registry is kept in.
 *
 * <p>Safe for use by many threads. A table exists as soon as something is put into it. Keys are
 * ordered by their UTF-16 units.
 *
 * @since 0.1.0
 */
public interface Store extends AutoCloseable {
  /** Whether what is put here outlives the process. */
  default boolean isDurable() {
    return true;
  }

  /** The names of the tables, sorted. */
  List<String> tables();

  /** The value of a key, or null. */
  Object get(String table, String key);

  /** Sets the value of a key; null is not allowed. */
  void put(String table, String key, Object value);

  /** Removes a key if it is there. */
  void remove(String table, String key);

  /** Removes all keys that start with a prefix. */
  default void removeAll(String table, String prefix) {
    List<String> keys = new ArrayList<>();
    scan(table, prefix, (key, value) -> keys.add(key));
    keys.forEach(key -> remove(table, key));
  }

  /** The number of keys in a table. */
  long size(String table);

  /**
   * Visits the entries whose key starts with a prefix, in key order. Changes made meanwhile may or
   * may not be seen.
   *
   * @return false when the visitor stopped
   */
  boolean scan(String table, String prefix, Visitor visitor);

  /**
   * Makes changes that are kept all or none. When this returns they outlive the process, where the
   * store outlives it.
   */
  void atomically(Runnable changes);

  /** Releases what the store holds; nothing is lost. */
  @Override
  void close();

  /** Takes the entries of a scan. */
  @FunctionalInterface
  interface Visitor {
    /** Takes one entry; answering false stops the scan. */
    boolean entry(String key, Object value);
  }
}
