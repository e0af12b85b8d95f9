package org.minivql.registry.flow;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
  private final Clock clock;
  private final AtomicLong lines = new AtomicLong();
  private final Heartbeats heartbeats = new Heartbeats();

  /** The lines in the store, and the recorded ones before them. */
  public EventLogs(Store store, Recorded recorded, Clock clock) {
    this.store = store;
    this.recorded = recorded;
    this.clock = clock;
  }

  /**
   * Says that a query runs from now on: every 120 seconds it writes a line, however many rows it
   * gives. Such lines are there for who reads them; the report of a dry run leaves them out.
   *
   * @param clientId {@code server}
   * @param queue {@code Artifact} or {@code Artifact/Source}
   * @return to be called when the query is over
   */
  public Runnable running(String clientId, String queue) {
    Consumer<Instant> end = heartbeats.begin(start(clientId, queue), clock.instant());
    return () -> end.accept(clock.instant());
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
    Instant now = clock.instant();
    Heartbeats.Lines beats =
        heartbeats.lines(start(clientId, queue), queue, from, to.isBefore(now) ? to : now);
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
            if (!at.isBefore(from) && !at.isAfter(to)) {
              go[0] = beats.until(at, out) && out.row(row);
            }
            return go[0];
          });
    }
    if (go[0]) {
      beats.until(now, out);
    }
  }

  /** Removes all that is kept of a client. */
  public void forget(String clientId) {
    store.removeAll(TABLE, clientId + "\n");
    heartbeats.forget(clientId + "\n");
  }

  private static String start(String clientId, String queue) {
    return clientId + "\n" + queue + "\n";
  }
}
