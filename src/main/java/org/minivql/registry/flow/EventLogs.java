package org.minivql.registry.flow;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.minivql.registry.store.Store;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * What event queries logged: the lines recorded, and those since.
 *
 * @since 0.1.0
 */
public final class EventLogs {
  private static final String TABLE = "event_logs";

  private final Store store;
  private final Recorded recorded;
  private final AtomicLong lines = new AtomicLong();

  /** The lines in the store, and the recorded ones before them. */
  public EventLogs(Store store, Recorded recorded) {
    this.store = store;
    this.recorded = recorded;
  }

  /**
   * Keeps a line.
   *
   * @param clientId the client, or {@code server}
   * @param queue {@code Artifact} or {@code Artifact/Source}
   * @param at when it was written
   * @param line its columns without {@code _ts}
   */
  public void add(String clientId, String queue, Instant at, Dict line) {
    long millis = at.toEpochMilli();
    String key = StoredEvents.key(start(clientId, queue), millis, lines.incrementAndGet());
    store.put(TABLE, key, line.with("_ts", millis));
  }

  /**
   * Reads lines in the order of their times.
   *
   * @param clientId the client, or {@code server}
   * @param queue {@code Artifact} or {@code Artifact/Source}
   * @param from the first instant wanted
   * @param to the last one, included
   * @param out takes the columns, then {@code _ts} in milliseconds
   */
  public void read(String clientId, String queue, Instant from, Instant to, Sink out) {
    boolean[] go = {true};
    recorded.eventLogs(
        clientId,
        queue,
        from,
        to,
        row -> {
          go[0] = out.row(row);
          return go[0];
        });
    if (go[0]) {
      store.scan(
          TABLE,
          start(clientId, queue),
          (key, row) -> {
            Instant at = Instant.ofEpochMilli((Long) ((Dict) row).get("_ts"));
            return at.isBefore(from) || at.isAfter(to) || out.row(row);
          });
    }
  }

  /** Removes all that is kept of a client. */
  public void forget(String clientId) {
    store.removeAll(TABLE, clientId + "\n");
  }

  private static String start(String clientId, String queue) {
    return clientId + "\n" + queue + "\n";
  }
}
