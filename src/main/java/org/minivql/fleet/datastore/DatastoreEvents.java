package org.minivql.fleet.datastore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.PathNames;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** The events that a datastore has, or the logs of their queries: a file for each queue and day. */
final class DatastoreEvents {
  private final Path clients;
  private final String ofClient;
  private final Path ofServer;
  private final StoredRows rows;
  private final LongNames names;
  private final Damage damage;

  /**
   * Events of a kind.
   *
   * @param ofClient the folder of each client in which they are
   * @param ofServer the folder of the datastore that has those of the server
   */
  DatastoreEvents(
      Path root,
      String ofClient,
      String ofServer,
      StoredRows rows,
      LongNames names,
      Damage damage) {
    this.clients = root.resolve("clients");
    this.ofClient = ofClient;
    this.ofServer = root.resolve(ofServer);
    this.rows = rows;
    this.names = names;
    this.damage = damage;
  }

  /** Visits the queues that have rows, each with the client or {@code server}. */
  void queues(BiConsumer<String, String> out) {
    for (Path client : damage.folders(clients)) {
      String clientId = names.of(client.getFileName().toString());
      queues(client.resolve(ofClient), queue -> out.accept(clientId, queue));
    }
    queues(ofServer, queue -> out.accept("server", queue));
  }

  /** A queue has its days in its folder, or one folder for each of its sources. */
  private void queues(Path folder, Consumer<String> out) {
    for (Path artifact : damage.list(folder, name -> true)) {
      String name = names.of(artifact.getFileName().toString());
      boolean days = false;
      for (Path entry : damage.list(artifact, any -> true)) {
        if (entry.toString().endsWith(".json")) {
          days = true;
        } else if (Files.isDirectory(entry)) {
          out.accept(name + "/" + names.of(entry.getFileName().toString()));
        }
      }
      if (days) {
        out.accept(name);
      }
    }
  }

  /** Reads the rows of a time, null for no bound, with their times in milliseconds. */
  void read(String clientId, String queue, Instant from, Instant to, Sink out) {
    Path folder = ofServer;
    if (!clientId.equals("server")) {
      folder = clients.resolve(PathNames.encode(clientId)).resolve(ofClient);
    }
    for (String part : queue.split("/", 2)) {
      folder = folder.resolve(PathNames.encode(part));
    }
    for (Path day : damage.list(folder, name -> name.endsWith(".json"))) {
      if (damage.isFile(day) && Boolean.FALSE.equals(read(day, from, to, out))) {
        return;
      }
    }
  }

  private Boolean read(Path day, Instant from, Instant to, Sink out) {
    return damage.guarded(
        day,
        () ->
            rows.events(
                day,
                (indexed, row) -> {
                  long at = indexed < 0 ? millis(row) : indexed;
                  boolean wanted =
                      (from == null || at >= from.toEpochMilli())
                          && (to == null || at <= to.toEpochMilli());
                  return !wanted || out.row(row.with("_ts", at));
                }));
  }

  private static long millis(Dict row) {
    double ts = row.get("_ts") instanceof Number n ? n.doubleValue() : 0;
    return Math.round(ts < 2e10 ? ts * 1000 : ts);
  }
}
