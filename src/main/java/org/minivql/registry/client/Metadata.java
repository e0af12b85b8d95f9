package org.minivql.registry.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.minivql.registry.event.ChangeLog;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Origin;
import org.minivql.registry.store.Store;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/**
 * What people noted about the clients and the server: an ordered dict of texts for each.
 *
 * @since 0.1.0
 */
public final class Metadata {
  /** The queue of changes. */
  public static final String QUEUE = "Server.Internal.MetadataModifications";

  public static final String TABLE = "metadata";

  private static final Shape EVENT = Shape.of("principal", "client_id", "updated_keys");
  private static final Shape DETAILS = Shape.of("updated_keys", "client_id");

  private final Store store;
  private final Clients clients;
  private final EventBus bus;
  private final Audit audit;
  private final ChangeLog changes;

  /** The metadata of the given clients; every change is kept, audited and told to the bus. */
  public Metadata(Store store, Clients clients, EventBus bus, Audit audit, ChangeLog changes) {
    this.store = store;
    this.clients = clients;
    this.bus = bus;
    this.audit = audit;
    this.changes = changes;
  }

  /** The metadata of a client or of {@code server}; empty where there is none. */
  public Dict get(String clientId) {
    Object stored = store.get(TABLE, clientId);
    return stored == null ? Dict.EMPTY : (Dict) stored;
  }

  /** Whether a client or {@code server} has metadata or had some once. */
  public boolean knows(String clientId) {
    return store.get(TABLE, clientId) != null;
  }

  /** One value of the server's own metadata, or null. */
  public String ofServer(String key) {
    Object value = get(ClientRecord.SERVER).get(key);
    return value == null ? null : String.valueOf(value);
  }

  /** Sets what is on disk when a server starts; no event. */
  public void load(String clientId, Dict metadata) {
    clients.locked(clientId, () -> write(clientId, metadata));
  }

  /**
   * Changes metadata in one step; nothing happens where the dict stays the same. A key that changes
   * its value moves to the end.
   *
   * @param change gets the current dict and gives the new one, all of it, with text values
   * @throws ArgumentException for a client that is not known
   */
  public void update(String clientId, UnaryOperator<Dict> change, Origin origin) {
    if (!clientId.equals(ClientRecord.SERVER) && !clients.knows(clientId)) {
      throw new ArgumentException(
          "Client ID " + clientId + " not known in this org: NotFoundError");
    }
    boolean done = false;
    while (!done) {
      // The change may be a query's own expression, which must not run while the client is locked.
      Dict before = get(clientId);
      done = replace(clientId, before, arrange(before, change.apply(before)), origin);
    }
    bus.deliver();
  }

  /** False where the metadata is no longer what it was. */
  private boolean replace(String clientId, Dict before, Dict after, Origin origin) {
    boolean[] same = new boolean[1];
    clients.locked(
        clientId,
        () -> {
          same[0] = get(clientId).equals(before);
          if (!same[0]) {
            return;
          }
          List<Object> keys = changed(before, after);
          if (!keys.isEmpty()) {
            write(clientId, after);
            bus.post(QUEUE, clientId, Dict.over(EVENT, origin.principal(), clientId, keys), origin);
            audit.post("SetMetadata", Dict.over(DETAILS, keys, clientId), origin);
          }
          changes.add(clientId, "metadata", "set", values(after, keys), !keys.isEmpty(), origin);
        });
    return same[0];
  }

  private static Dict arrange(Dict before, Dict after) {
    Dict.Builder out = Dict.builder();
    before.forEach(
        (key, value) -> {
          if (after.has(key) && value.equals(after.get(key))) {
            out.set(key, value);
          }
        });
    after.forEach(
        (key, value) -> {
          if (!value.equals(before.get(key))) {
            out.set(key, value);
          }
        });
    return out.build();
  }

  private static List<Object> changed(Dict before, Dict after) {
    List<Object> keys = new ArrayList<>();
    after.forEach(
        (key, value) -> {
          if (!value.equals(before.get(key))) {
            keys.add(key);
          }
        });
    before.forEach(
        (key, value) -> {
          if (!after.has(key)) {
            keys.add(key);
          }
        });
    return keys;
  }

  private static Dict values(Dict after, List<Object> keys) {
    Dict.Builder out = Dict.builder();
    keys.forEach(key -> out.set((String) key, after.get((String) key)));
    return out.build();
  }

  private void write(String clientId, Dict metadata) {
    store.put(TABLE, clientId, metadata);
    List<String> indexed = clients.terms().metadataKeys();
    if (indexed.isEmpty() || !clients.knows(clientId)) {
      return;
    }
    Dict.Builder copy = Dict.builder();
    for (String key : indexed) {
      if (metadata.has(key)) {
        copy.set(key, metadata.get(key));
      }
    }
    clients.index(clientId, record -> record.with("metadata", copy.build()));
  }

  /** Removes all metadata of a client that is deleted; no event is sent. */
  public void remove(String clientId) {
    store.remove(TABLE, clientId);
  }
}
