package org.minivql.registry.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A store that is gone with the process.
 *
 * @since 0.1.0
 */
public final class MemoryStore implements Store {
  /**
   * A key is looked up far more often than keys are gone through in order, and most changes are of
   * keys that are there: so the order is kept beside the values and touched by new and removed keys
   * only.
   */
  private static final class Table {
    private final ConcurrentHashMap<String, Object> values = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<String> keys = new ConcurrentSkipListSet<>();

    void put(String key, Object value) {
      values.compute(
          key,
          (k, before) -> {
            if (before == null) {
              keys.add(key);
            }
            return value;
          });
    }

    void remove(String key) {
      values.computeIfPresent(
          key,
          (k, before) -> {
            keys.remove(key);
            return null;
          });
    }

    boolean scan(String prefix, Visitor visitor) {
      if (values.isEmpty()) {
        return true;
      }
      for (String key : keys.tailSet(prefix)) {
        if (!key.startsWith(prefix)) {
          return true;
        }
        Object value = values.get(key);
        if (value != null && !visitor.entry(key, value)) {
          return false;
        }
      }
      return true;
    }
  }

  private final Map<String, Table> tables = new ConcurrentHashMap<>();

  /** An empty store. */
  public MemoryStore() {}

  @Override
  public boolean isDurable() {
    return false;
  }

  @Override
  public List<String> tables() {
    return tables.keySet().stream().sorted().toList();
  }

  private Table table(String name) {
    Table table = tables.get(name);
    return table == null ? tables.computeIfAbsent(name, n -> new Table()) : table;
  }

  @Override
  public Object get(String table, String key) {
    return table(table).values.get(key);
  }

  @Override
  public void put(String table, String key, Object value) {
    table(table).put(key, value);
  }

  @Override
  public void remove(String table, String key) {
    table(table).remove(key);
  }

  @Override
  public long size(String table) {
    return table(table).values.mappingCount();
  }

  @Override
  public boolean scan(String table, String prefix, Visitor visitor) {
    return table(table).scan(prefix, visitor);
  }

  @Override
  public void atomically(Runnable changes) {
    changes.run();
  }

  @Override
  public void close() {
    tables.clear();
  }
}
