package org.minivql.registry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A store that is gone with the process.
 *
 * @since 0.1.0
 */
public final class MemoryStore implements Store {
  private final Map<String, ConcurrentSkipListMap<String, Object>> tables =
      new ConcurrentHashMap<>();

  /** An empty store. */
  public MemoryStore() {}

  @Override
  public List<String> tables() {
    return tables.keySet().stream().sorted().toList();
  }

  private ConcurrentSkipListMap<String, Object> table(String name) {
    return tables.computeIfAbsent(name, n -> new ConcurrentSkipListMap<>());
  }

  @Override
  public Object get(String table, String key) {
    return table(table).get(key);
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
    return table(table).size();
  }

  @Override
  public boolean scan(String table, String prefix, Visitor visitor) {
    for (Map.Entry<String, Object> entry : table(table).tailMap(prefix).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        return true;
      }
      if (!visitor.entry(entry.getKey(), entry.getValue())) {
        return false;
      }
    }
    return true;
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
