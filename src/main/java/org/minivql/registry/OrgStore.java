package org.minivql.registry;

import java.util.List;
import org.minivql.registry.store.Store;

/** The tables of one org among those of a store that all orgs share. */
final class OrgStore implements Store {
  private final Store shared;
  private final String prefix;

  OrgStore(Store shared, String orgId) {
    this.shared = shared;
    this.prefix = "org/" + orgId + "/";
  }

  @Override
  public boolean isDurable() {
    return shared.isDurable();
  }

  @Override
  public List<String> tables() {
    return shared.tables().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  @Override
  public Object get(String table, String key) {
    return shared.get(prefix + table, key);
  }

  @Override
  public void put(String table, String key, Object value) {
    shared.put(prefix + table, key, value);
  }

  @Override
  public void remove(String table, String key) {
    shared.remove(prefix + table, key);
  }

  @Override
  public long size(String table) {
    return shared.size(prefix + table);
  }

  @Override
  public boolean scan(String table, String start, Visitor visitor) {
    return shared.scan(prefix + table, start, visitor);
  }

  @Override
  public void atomically(Runnable changes) {
    shared.atomically(changes);
  }

  /** Removes all tables of the org. */
  void clear() {
    for (String table : tables()) {
      removeAll(table, "");
    }
  }

  @Override
  public void close() {
    // The shared store is closed by whoever opened it.
  }
}
