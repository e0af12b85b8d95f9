package org.minivql.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.minivql.registry.Recorded;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** The flows, rows, events and notebooks of a datastore. */
final class DatastoreHistory implements Recorded {
  private final Path root;
  private final DatastoreRecords records;
  private final StoredRows rows;
  private final Damage damage;
  private final OldLogs logs;
  private final LongNames names;
  private final DatastoreNotebooks notebooks;
  private volatile Map<String, String> kinds;

  DatastoreHistory(
      Path root, DatastoreRecords records, StoredRows rows, LongNames names, Damage damage) {
    this.root = root;
    this.records = records;
    this.rows = rows;
    this.damage = damage;
    this.logs = new OldLogs(rows);
    this.names = names;
    this.notebooks = new DatastoreNotebooks(root, records);
  }

  Path client(String clientId) {
    return root.resolve("clients").resolve(PathNames.encode(clientId));
  }

  /** The ids of the flows of a client, in no order. */
  Set<String> flowIds(String clientId) {
    Set<String> ids = new TreeSet<>();
    for (Path file : RecordedDirectory.list(client(clientId).resolve("collections"), n -> true)) {
      if (Files.isRegularFile(file) && file.toString().endsWith(".db")) {
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
    if (context == null) {
      return null;
    }
    Dict stats = records.read(folder.resolve(name), "stats", ProtoRecords.FLOW);
    return DatastoreRecords.over(context, stats).toBuilder()
        .replace("client_id", clientId)
        .replace("session_id", flowId)
        .build();
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
    flows.sort(
        Comparator.comparingLong((Dict flow) -> FlowTimes.number(flow, "create_time"))
            .thenComparing(flow -> (String) flow.get("session_id")));
    for (Dict flow : flows) {
      if (!visitor.test(flow)) {
        return false;
      }
    }
    return true;
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
    if (!Files.isRegularFile(file)) {
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
      known = new TreeMap<>();
      for (Path client : RecordedDirectory.list(root.resolve("clients"), name -> true)) {
        kinds(client.resolve("artifacts"), "CLIENT", known);
        kinds(client.resolve("monitoring"), "CLIENT_EVENT", known);
      }
      kinds(root.resolve("server_artifacts"), "SERVER_EVENT", known);
      kinds = known;
    }
    return known;
  }

  /** Sources of flows are files in a folder of the flow, sources of events folders with days. */
  private void kinds(Path folder, String kind, Map<String, String> out) {
    for (Path artifact : RecordedDirectory.list(folder, name -> true)) {
      String name = names.of(artifact.getFileName().toString());
      out.putIfAbsent(name, kind);
      for (Path inside : RecordedDirectory.list(artifact, n -> true)) {
        if (!Files.isDirectory(inside)) {
          continue;
        }
        if (!kind.equals("CLIENT")) {
          out.putIfAbsent(name + "/" + names.of(inside.getFileName().toString()), kind);
          continue;
        }
        for (Path source : RecordedDirectory.list(inside, n -> n.endsWith(".json"))) {
          String file = source.getFileName().toString();
          String part = file.substring(0, file.length() - ".json".length());
          out.putIfAbsent(name + "/" + names.of(part), kind);
        }
      }
    }
  }

  @Override
  public void logs(String clientId, String flowId, Sink out) {
    Path folder = collection(clientId, flowId);
    Path older = folder.resolve("logs");
    Path file = folder.resolve("logs.json");
    if (!Files.isRegularFile(file) && Files.isRegularFile(older)) {
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
    Path folder =
        clientId.equals("server")
            ? root.resolve("server_artifacts")
            : client(clientId).resolve("monitoring");
    days(queue(folder, artifact), from, to, out);
  }

  @Override
  public void queues(BiConsumer<String, String> out) {
    queues("monitoring", "server_artifacts", out);
  }

  @Override
  public void logQueues(BiConsumer<String, String> out) {
    queues("monitoring_logs", "server_artifact_logs", out);
  }

  private void queues(String ofClient, String ofServer, BiConsumer<String, String> out) {
    for (Path client : RecordedDirectory.list(root.resolve("clients"), name -> true)) {
      String clientId = names.of(client.getFileName().toString());
      queues(client.resolve(ofClient), queue -> out.accept(clientId, queue));
    }
    queues(root.resolve(ofServer), queue -> out.accept("server", queue));
  }

  private void queues(Path folder, Consumer<String> out) {
    Map<String, String> queues = new TreeMap<>();
    kinds(folder, "CLIENT_EVENT", queues);
    queues.keySet().forEach(out);
  }

  @Override
  public void eventLogs(String clientId, String artifact, Instant from, Instant to, Sink out) {
    Path folder =
        clientId.equals("server")
            ? root.resolve("server_artifact_logs")
            : client(clientId).resolve("monitoring_logs");
    days(queue(folder, artifact), from, to, out);
  }

  private static Path queue(Path folder, String artifact) {
    Path path = folder;
    for (String part : artifact.split("/", 2)) {
      path = path.resolve(PathNames.encode(part));
    }
    return path;
  }

  private void days(Path folder, Instant from, Instant to, Sink out) {
    for (Path day : RecordedDirectory.list(folder, name -> name.endsWith(".json"))) {
      Boolean more =
          damage.guarded(
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
      if (Boolean.FALSE.equals(more)) {
        return;
      }
    }
  }

  private static long millis(Dict row) {
    double ts = row.get("_ts") instanceof Number n ? n.doubleValue() : 0;
    return Math.round(ts < 2e10 ? ts * 1000 : ts);
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
    for (Path child : RecordedDirectory.list(file(path), file)) {
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
