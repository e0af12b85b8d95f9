package org.minivql.registry;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.minivql.registry.client.ClientIndex;
import org.minivql.registry.client.Clients;
import org.minivql.registry.client.Ids;
import org.minivql.registry.client.Labels;
import org.minivql.registry.client.Metadata;
import org.minivql.registry.flow.Remaining;
import org.minivql.registry.store.MemoryStore;
import org.minivql.registry.store.Store;

/**
 * A store that keeps the records, labels and metadata of clients in another store, and all else in
 * memory: for a server of which only these changes are wanted.
 *
 * @since 0.1.0
 */
public final class KeptClients implements Store {
  // Ids among them: a client that is kept must not get the id of another one later.
  private static final Set<String> KEPT =
      Set.of(
          Clients.TABLE,
          Remaining.CLIENTS,
          ClientIndex.TABLE,
          ClientIndex.STALE,
          Labels.REMOVED,
          Metadata.TABLE,
          Ids.TABLE);

  private final Store kept;
  private final MemoryStore others = new MemoryStore();

  /**
   * A store over another one.
   *
   * @param kept is not closed with this one
   */
  public KeptClients(Store kept) {
    this.kept = kept;
  }

  private Store of(String table) {
    return KEPT.contains(table) ? kept : others;
  }

  @Override
  public boolean isDurable() {
    return false;
  }

  @Override
  public List<String> tables() {
    return Stream.concat(kept.tables().stream().filter(KEPT::contains), others.tables().stream())
        .sorted()
        .toList();
  }

  @Override
  public Object get(String table, String key) {
    return of(table).get(table, key);
  }

  @Override
  public void put(String table, String key, Object value) {
    of(table).put(table, key, value);
  }

  @Override
  public void remove(String table, String key) {
    of(table).remove(table, key);
  }

  @Override
  public long size(String table) {
    return of(table).size(table);
  }

  @Override
  public boolean scan(String table, String prefix, Visitor visitor) {
    return of(table).scan(table, prefix, visitor);
  }

  @Override
  public void atomically(Runnable changes) {
    kept.atomically(changes);
  }

  @Override
  public void close() {
    others.close();
  }
}
