package org.minivql.registry.client;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.minivql.registry.store.Store;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Dict;

/**
 * The client records and their search index.
 *
 * <p>Changes of one client happen one after the other, each seen by all threads before the change
 * returns.
 *
 * @since 0.1.0
 */
public final class Clients {
  public static final String TABLE = "clients";

  private static final int STRIPES = 64;
  private static final long REINDEX_SECONDS = 300;

  private final Store store;
  private final ClientIndex index;
  private final ClientSearch search;
  private final Clock clock;
  private final ReentrantLock[] locks = new ReentrantLock[STRIPES];
  private final Spellings spellings = new Spellings();
  private final AtomicBoolean changed = new AtomicBoolean();
  private volatile long reindexed;

  /** The clients in the store; the clock gives the times of new records. */
  public Clients(Store store, ClientIndex index, Clock clock) {
    this.store = store;
    this.index = index;
    this.clock = clock;
    this.search = new ClientSearch(store, index);
    this.reindexed = clock.instant().getEpochSecond();
    for (int i = 0; i < STRIPES; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** The record of a client, or null; {@code server} always has one. */
  public ClientRecord get(String clientId) {
    Object fields = store.get(TABLE, clientId);
    if (fields != null) {
      return record(fields);
    }
    return clientId.equals(ClientRecord.SERVER) ? ClientRecord.server() : null;
  }

  /** How the labels of all clients are written. */
  Spellings spellings() {
    return spellings;
  }

  static ClientRecord record(Object stored) {
    return ClientRecord.stored((Dict) stored);
  }

  /** Whether there is a client with this id; the server is none. */
  public boolean knows(String clientId) {
    return store.get(TABLE, clientId) != null;
  }

  /** How many clients there are. */
  public long size() {
    return store.size(TABLE);
  }

  /**
   * Adds or replaces a record as it is found on disk when a server starts: with index terms for
   * labels, host name and addresses, without an FQDN. No event.
   */
  public void load(ClientRecord record) {
    locked(
        record.clientId(),
        () -> {
          ClientRecord before = get(record.clientId());
          store.put(TABLE, record.clientId(), record.fields());
          index.rebuilt(before, record);
        });
    record.labels().forEach(label -> spellings.other(label, record.clientId()));
  }

  /**
   * Changes a record and its search terms, FQDN included.
   *
   * @param change gets the record, or one with nothing but the id
   * @return the new record
   */
  public ClientRecord index(String clientId, UnaryOperator<ClientRecord> change) {
    ClientRecord[] result = new ClientRecord[1];
    locked(
        clientId,
        () -> {
          ClientRecord before = get(clientId);
          result[0] = change.apply(before == null ? ClientRecord.of(clientId) : before);
          store.put(TABLE, clientId, result[0].fields());
          index.interrogated(before, result[0]);
          changed.set(true);
        });
    return result[0];
  }

  /** Changes fields that have no search terms; nothing happens to an unknown client. */
  public void update(String clientId, UnaryOperator<ClientRecord> change) {
    locked(
        clientId,
        () -> {
          Object fields = store.get(TABLE, clientId);
          if (fields != null) {
            put(change.apply(record(fields)));
          }
        });
  }

  /** Removes a record and its terms. */
  public void remove(String clientId) {
    locked(
        clientId,
        () -> {
          Object fields = store.get(TABLE, clientId);
          if (fields != null) {
            index.removeAll(record(fields));
            store.remove(TABLE, clientId);
            changed.set(true);
          }
        });
  }

  /**
   * Visits the clients a search term finds, each once, ordered by matching term and then id.
   *
   * @param term see {@code clients()}: {@code all}, {@code label:…}, {@code host:…}, …
   * @return false when the visitor stopped
   * @throws ArgumentException for an operator that does not exist
   */
  public boolean search(String term, Predicate<ClientRecord> visitor) {
    reindexWhenDue();
    return search.each(
        term,
        id -> {
          ClientRecord record = get(id);
          return record == null || visitor.test(record);
        });
  }

  /** Visits every record by id, listed or not, except the server's own. */
  public boolean each(Predicate<ClientRecord> visitor) {
    return store.scan(
        TABLE, "", (id, fields) -> id.equals(ClientRecord.SERVER) || visitor.test(record(fields)));
  }

  private void reindexWhenDue() {
    if (clock.instant().getEpochSecond() - reindexed >= REINDEX_SECONDS) {
      reindex();
    }
  }

  /** Rebuilds the index from the records; host names are indexed by it, FQDNs are not. */
  public void reindex() {
    reindexed = clock.instant().getEpochSecond();
    for (String id : index.stale()) {
      locked(
          id,
          () -> {
            ClientRecord record = get(id);
            if (record != null) {
              index.rebuilt(record, record);
            }
          });
    }
  }

  ClientIndex terms() {
    return index;
  }

  /** Does something that no other change of this client comes between. */
  void locked(String clientId, Runnable action) {
    ReentrantLock lock = locks[Math.floorMod(clientId.hashCode(), STRIPES)];
    lock.lock();
    try {
      store.atomically(action);
    } finally {
      lock.unlock();
    }
  }

  void put(ClientRecord record) {
    store.put(TABLE, record.clientId(), record.fields());
    changed.set(true);
  }

  /** Whether a record has changed since this was last asked. */
  public boolean takeChanged() {
    return changed.getAndSet(false);
  }
}
