package org.minivql.fleet.datastore;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.DerivedFlow;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.fleet.layout.PathNames;
import org.minivql.registry.flow.Recorded;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** The flows, rows, events and notebooks of a datastore. */
final class DatastoreHistory implements Recorded {
  private final Path root;
  private final DatastoreRecords records;
  private final StoredRows rows;
  private final Damage damage;
  private final OldLogs logs;
  private final FlowTimes times;
  private final DatastoreEvents events;
  private final DatastoreEvents eventLogs;
  private final LongNames names;
  private final DatastoreNotebooks notebooks;
  private volatile Map<String, String> kinds;

  DatastoreHistory(
      Path root,
      DatastoreRecords records,
      StoredRows rows,
      LongNames names,
      FlowTimes times,
      Damage damage) {
    this.root = root;
    this.records = records;
    this.rows = rows;
    this.damage = damage;
    this.logs = new OldLogs(rows);
    this.names = names;
    this.times = times;
    this.events = new DatastoreEvents(root, "monitoring", "server_artifacts", rows, names, damage);
    this.eventLogs =
        new DatastoreEvents(root, "monitoring_logs", "server_artifact_logs", rows, names, damage);
    this.notebooks = new DatastoreNotebooks(root, records, damage);
  }

  Path client(String clientId) {
    return root.resolve("clients").resolve(PathNames.encode(clientId));
  }

  /** The ids of the flows of a client, in no order. */
  Set<String> flowIds(String clientId) {
    Set<String> ids = new TreeSet<>();
    for (Path file : damage.list(client(clientId).resolve("collections"), n -> true)) {
      if (file.toString().endsWith(".db")) {
        ids.add(names.of(DatastoreRecords.name(file)));
      }
    }
    ids.remove("F.Monitoring");
    return ids;
  }

  @Override
  public Dict flow(String clientId, String flowId) {
    Path folder = client(clientId).resolve("collections");
    String name = PathNames.encode(flowId);
    Dict context = records.read(folder, name, ProtoRecords.FLOW);
    if (context == null && !records.has(folder, name)) {
      return null;
    }
    Dict stats = records.read(folder.resolve(name), "stats", ProtoRecords.FLOW);
    boolean empty = context == null || context.size() == 0;
    Dict flow = empty ? salvaged(clientId, flowId) : context;
    return DatastoreRecords.over(flow, stats).toBuilder()
        .replace("client_id", clientId)
        .replace("session_id", flowId)
        .build();
  }

  /** What is known of a flow whose own record is damaged or empty: what its rows are of. */
  private Dict salvaged(String clientId, String flowId) {
    Set<String> results = new TreeSet<>();
    resultNames(clientId, flowId, results::add);
    Dict.Builder flow = Dict.builder();
    DerivedFlow.complete(Dict.EMPTY, results, flow);
    times.complete(Dict.EMPTY, flow);
    return flow.build();
  }

  @Override
  public boolean flows(String clientId, Predicate<Dict> visitor) {
    List<Dict> flows = new ArrayList<>();
    for (String flowId : flowIds(clientId)) {
      Dict flow = flow(clientId, flowId);
      if (flow != null) {
        flows.add(flow);
      }
    }
    return FlowTimes.visit(flows, visitor);
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
        results(client, null, name -> found.putIfAbsent(name, kind));
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
    results(client(clientId), PathNames.encode(flowId), out);
  }

  /**
   * The result sets of a flow, or all: rows are in a file of the flow or, those of sources, in a
   * folder of the flow.
   */
  private void results(Path client, String flow, Consumer<String> out) {
    for (Path artifact : damage.folders(client.resolve("artifacts"))) {
      String name = names.of(artifact.getFileName().toString());
      if (flow == null
          || Files.exists(artifact.resolve(flow + ".json"), LinkOption.NOFOLLOW_LINKS)) {
        out.accept(name);
      }
      List<Path> flows = flow == null ? damage.folders(artifact) : List.of(artifact.resolve(flow));
      for (Path sources : flows) {
        for (Path source : damage.list(sources, n -> n.endsWith(".json"))) {
          String file = source.getFileName().toString();
          String part = file.substring(0, file.length() - ".json".length());
          out.accept(name + "/" + names.of(part));
        }
      }
    }
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
    Path at = root;
    for (int i = 0; i < path.size(); i++) {
      at = at.resolve(i < path.size() - 1 ? PathNames.encode(path.get(i)) : last(at, path.get(i)));
    }
    return at;
  }

  /** The name of a file, or of a record, which was once kept in another form. */
  private static String last(Path folder, String name) {
    String encoded = PathNames.encode(name);
    if (Files.exists(folder.resolve(encoded)) || !name.endsWith(".db") || name.contains("/")) {
      return encoded;
    }
    String older = name.replaceFirst("\\.json\\.db$", ".db");
    return Files.exists(folder.resolve(name)) ? name : older;
  }

  @Override
  public Map<String, Path> files(List<String> path) {
    Map<String, Path> files = new TreeMap<>();
    Predicate<String> file = name -> !name.endsWith(".db") && !name.endsWith(".chunk");
    for (Path child : damage.list(file(path), file)) {
      files.put(names.of(child.getFileName().toString()), child);
    }
    return files;
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
