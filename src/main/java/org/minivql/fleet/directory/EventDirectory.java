package org.minivql.fleet.directory;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.PathNames;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.Json;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * Stored rows of event queues: a folder for each client, in it one for each queue with its days.
 */
final class EventDirectory {
  private final Path root;
  private final JsonLines json;

  EventDirectory(Path root, JsonLines json) {
    this.root = root;
    this.json = json;
  }

  /** Reads the rows of a time, null for no bound; false where the sink ended it. */
  boolean read(String clientId, String queue, Instant from, Instant to, Sink out) {
    Path folder = root.resolve(PathNames.encode(clientId)).resolve(PathNames.encode(queue));
    for (Path day : Folders.list(folder, name -> name.endsWith(".jsonl"))) {
      if (!json.read(day, (row, line) -> pass(row, from, to, out))) {
        return false;
      }
    }
    return true;
  }

  private static boolean pass(Dict row, Instant from, Instant to, Sink out) {
    long at = millis(row.get("_ts"));
    boolean wanted =
        (from == null || at >= from.toEpochMilli()) && (to == null || at <= to.toEpochMilli());
    return !wanted || out.row(row.with("_ts", at));
  }

  // Stored events have seconds, exported ones milliseconds.
  private static long millis(Object ts) {
    double number = ts instanceof Number n ? n.doubleValue() : 0;
    return number < 2e10 ? Math.round(number * 1000) : Math.round(number);
  }

  /** Reads all rows, for what is wrong with them. */
  void check(Damage damage) {
    for (Path owner : Folders.folders(root)) {
      for (Path queue : Folders.folders(owner)) {
        for (Path day : Folders.list(queue, name -> name.endsWith(".jsonl"))) {
          damage.guarded(day, () -> json.read(day, (row, line) -> stamped(day, row, line)));
        }
      }
    }
  }

  private static boolean stamped(Path file, Dict row, int line) {
    if (!(row.get("_ts") instanceof Number)) {
      throw FleetException.at(file.toString(), line, 1, "there is no time _ts", Json.text(row));
    }
    return true;
  }

  /** Visits the queues that have rows, each with the client or {@code server}. */
  void queues(BiConsumer<String, String> out) {
    for (Path owner : Folders.folders(root)) {
      String clientId = PathNames.decode(owner.getFileName().toString());
      for (Path queue : Folders.folders(owner)) {
        out.accept(clientId, PathNames.decode(queue.getFileName().toString()));
      }
    }
  }
}
