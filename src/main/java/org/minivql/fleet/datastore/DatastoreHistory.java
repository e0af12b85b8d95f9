package org.minivql.fleet.datastore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.fleet.layout.PathNames;
import org.minivql.registry.flow.Recorded;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** The flows, rows, events and notebooks of a datastore. */
final class DatastoreHistory implements Recorded {
  private final Path root;
  private final StoredRows rows;
  private final DatastoreFlows flows;
  private final DatastoreFiles files;
  private final Damage damage;
  private final OldLogs logs;
  private final DatastoreEvents events;
  private final DatastoreEvents eventLogs;
  private final DatastoreNotebooks notebooks;
  private volatile Map<String, String> kinds;

  DatastoreHistory(
      Path root,
      DatastoreRecords records,
      StoredRows rows,
      DatastoreFiles files,
      LongNames names,
      FlowTimes times,
      Damage damage) {
    this.root = root;
    this.rows = rows;
    this.flows = new DatastoreFlows(root, records, rows, names, times, damage);
    this.files = files;
    this.damage = damage;
    this.logs = new OldLogs(rows);
    this.events = new DatastoreEvents(root, "monitoring", "server_artifacts", rows, names, damage);
    this.eventLogs =
        new DatastoreEvents(root, "monitoring_logs", "server_artifact_logs", rows, names, damage);
    this.notebooks = new DatastoreNotebooks(root, records, names, damage);
  }

  Path client(String clientId) {
    return root.resolve("clients").resolve(PathNames.encode(clientId));
  }

  /** The ids of the flows of a client, in no order; those without a record are noted. */
  Set<String> flowIds(String clientId) {
    return flows.ids(clientId);
  }

  @Override
  public Dict flow(String clientId, String flowId) {
    return flows.flow(clientId, flowId);
  }

  @Override
  public boolean flows(String clientId, Predicate<Dict> visitor) {
    return flows.each(clientId, visitor);
  }

  @Override
  public boolean results(String clientId, String flowId, String artifact, Sink out) {
    int slash = artifact.indexOf('/');
    String name = slash < 0 ? artifact : artifact.substring(0, slash);
    Path folder = client(clientId).resolve("artifacts").resolve(PathNames.encode(name));
    Path file =
        slash < 0
            ? folder.resolve(PathNames.encode(flowId) + ".json")
            : folder
                .resolve(PathNames.encode(flowId))
                .resolve(PathNames.encode(artifact.substring(slash + 1)) + ".json");
    return read(file, out);
  }

  private boolean read(Path file, Sink out) {
    if (!damage.isFile(file)) {
      return false;
    }
    damage.guarded(file, () -> rows.rows(file, out));
    return true;
  }

  @Override
  public String kind(String name) {
    return kinds().get(name);
  }

  /** The names of everything that there are results or events of. */
  private Map<String, String> kinds() {
    Map<String, String> known = kinds;
    if (known == null) {
      Map<String, String> found = new TreeMap<>();
      for (Path client : damage.folders(root.resolve("clients"))) {
        String kind = client.endsWith("server") ? "SERVER" : "CLIENT";
        flows.results(client, null, name -> found.putIfAbsent(name, kind));
      }
      events.queues(
          (client, queue) ->
              found.putIfAbsent(queue, client.equals("server") ? "SERVER_EVENT" : "CLIENT_EVENT"));
      known = found;
      kinds = known;
    }
    return known;
  }

  @Override
  public void resultNames(String clientId, String flowId, Consumer<String> out) {
    flows.results(client(clientId), PathNames.encode(flowId), out);
  }

  @Override
  public void logs(String clientId, String flowId, Sink out) {
    Path folder = collection(clientId, flowId);
    Path older = folder.resolve("logs");
    Path file = folder.resolve("logs.json");
    if (!damage.isFile(file) && damage.isFile(older)) {
      file = older;
    }
    if (Files.isRegularFile(file)) {
      Path found = file;
      damage.guarded(found, () -> logs.lines(found, out));
    }
  }

  @Override
  public void uploads(String clientId, String flowId, Sink out) {
    read(collection(clientId, flowId).resolve("uploads.json"), out);
  }

  @Override
  public void uploadTransactions(String clientId, String flowId, Sink out) {
    read(collection(clientId, flowId).resolve("upload_transactions.json"), out);
  }

  private Path collection(String clientId, String flowId) {
    return client(clientId).resolve("collections").resolve(PathNames.encode(flowId));
  }

  @Override
  public void events(String clientId, String artifact, Instant from, Instant to, Sink out) {
    events.read(clientId, artifact, from, to, out);
  }

  @Override
  public void queues(BiConsumer<String, String> out) {
    events.queues(out);
  }

  @Override
  public void eventLogs(String clientId, String artifact, Instant from, Instant to, Sink out) {
    eventLogs.read(clientId, artifact, from, to, out);
  }

  @Override
  public void logQueues(BiConsumer<String, String> out) {
    eventLogs.queues(out);
  }

  @Override
  public Path file(List<String> path) {
    return files.file(path);
  }

  @Override
  public Map<String, Path> files(List<String> path) {
    return files.files(path);
  }

  @Override
  public Held held(List<String> path) {
    return files.held(path);
  }

  @Override
  public void notebooks(Consumer<String> out) {
    notebooks.ids(out);
  }

  @Override
  public void tables(String notebookId, BiConsumer<String, Long> out) {
    notebooks.tables(notebookId, out);
  }

  @Override
  public Dict notebook(String notebookId) {
    return notebooks.notebook(notebookId);
  }

  @Override
  public boolean notebook(String notebookId, String cellId, long table, Sink out) {
    return read(notebooks.table(notebookId, cellId, table), out);
  }
}
