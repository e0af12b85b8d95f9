package org.minivql.fleet.datastore;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.DerivedFlow;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.fleet.layout.PathNames;
import org.minivql.value.Dict;

/**
 * The flows of a datastore. One whose own record is lost is known by what else there is of it: its
 * line in the index of its client, its totals and its rows.
 */
final class DatastoreFlows {
  // It keeps what event queries upload and log, and is no flow.
  private static final String MONITORING = "F.Monitoring";
  private static final String ROWS = ".json";

  private final Path clients;
  private final DatastoreRecords records;
  private final StoredRows rows;
  private final LongNames names;
  private final FlowTimes times;
  private final Damage damage;
  private volatile Listed last = new Listed("", Map.of());

  private record Listed(String clientId, Map<String, Dict> flows) {}

  DatastoreFlows(
      Path root,
      DatastoreRecords records,
      StoredRows rows,
      LongNames names,
      FlowTimes times,
      Damage damage) {
    this.clients = root.resolve("clients");
    this.records = records;
    this.rows = rows;
    this.names = names;
    this.times = times;
    this.damage = damage;
  }

  private Path client(String clientId) {
    return clients.resolve(PathNames.encode(clientId));
  }

  private Path collections(String clientId) {
    return client(clientId).resolve("collections");
  }

  /** The ids of the flows of a client; those without a record are noted. */
  Set<String> ids(String clientId) {
    Set<String> recorded = new TreeSet<>();
    Set<String> lost = new TreeSet<>(listed(clientId).keySet());
    for (Path entry : damage.list(collections(clientId), name -> true)) {
      boolean record = entry.toString().endsWith(".db");
      if (record || Files.isDirectory(entry)) {
        (record ? recorded : lost).add(names.of(DatastoreRecords.name(entry)));
      }
    }
    for (Path artifact : damage.folders(client(clientId).resolve("artifacts"))) {
      for (Path entry : damage.list(artifact, name -> true)) {
        String name = entry.getFileName().toString();
        if (name.endsWith(ROWS)) {
          lost.add(names.of(name.substring(0, name.length() - ROWS.length())));
        } else if (Files.isDirectory(entry)) {
          lost.add(names.of(name));
        }
      }
    }
    lost.removeAll(recorded);
    recorded.addAll(lost);
    recorded.remove(MONITORING);
    lost.remove(MONITORING);
    lost.forEach(flowId -> lost(clientId, flowId));
    return recorded;
  }

  private void lost(String clientId, String flowId) {
    boolean listed = listed(clientId).containsKey(flowId);
    damage.note(
        records.file(collections(clientId), PathNames.encode(flowId))
            + ": is not there, so what is known of this flow is from "
            + (listed ? index(clientId) : "its files"));
  }

  private Path index(String clientId) {
    return client(clientId).resolve("flow_index.json");
  }

  /** What the index of a client says of its flows. */
  private Map<String, Dict> listed(String clientId) {
    Listed known = last;
    if (!known.clientId().equals(clientId)) {
      Map<String, Dict> flows = new HashMap<>();
      rows.each(
          index(clientId),
          row -> {
            if (row instanceof Dict dict && dict.get("FlowId") instanceof String flowId) {
              flows.put(flowId, dict);
            }
            return true;
          });
      known = new Listed(clientId, flows);
      last = known;
    }
    return known.flows();
  }

  /** A flow, or null. */
  Dict flow(String clientId, String flowId) {
    Path folder = collections(clientId);
    String name = PathNames.encode(flowId);
    Dict context = records.read(folder, name, ProtoRecords.FLOW);
    if (context == null || context.size() == 0) {
      context = salvaged(clientId, flowId);
    }
    if (context == null) {
      return null;
    }
    Dict stats = records.read(folder.resolve(name), "stats", ProtoRecords.FLOW);
    return DatastoreRecords.over(context, stats).toBuilder()
        .replace("client_id", clientId)
        .replace("session_id", flowId)
        .build();
  }

  /** What is known of a flow without a record of its own; null where there is no such flow. */
  private Dict salvaged(String clientId, String flowId) {
    Set<String> results = new TreeSet<>();
    results(client(clientId), PathNames.encode(flowId), results::add);
    Path folder = collections(clientId);
    String name = PathNames.encode(flowId);
    boolean files =
        !results.isEmpty()
            || records.has(folder, name)
            || Files.isDirectory(folder.resolve(name)) && !flowId.equals(MONITORING);
    Dict line = listed(clientId).get(flowId);
    if (line == null && !files) {
      return null;
    }
    Dict given = line == null ? Dict.EMPTY : fromIndex(line);
    Dict.Builder flow = given.toBuilder();
    if (!files) {
      // Nothing says that it ever ran.
      flow.set("state", "UNSET");
    }
    DerivedFlow.complete(flow.build(), results, flow);
    times.complete(given, given, flow);
    return flow.build();
  }

  private static Dict fromIndex(Dict line) {
    return ProtoRecords.FLOW.json(
        Dict.of(
            "create_time",
            line.get("Created"),
            "request",
            Dict.of("creator", line.get("Creator"), "artifacts", line.get("Artifacts"))));
  }

  /** Visits the flows of a client in the order of creation. */
  boolean each(String clientId, Predicate<Dict> visitor) {
    List<Dict> flows = new ArrayList<>();
    for (String flowId : ids(clientId)) {
      Dict flow = flow(clientId, flowId);
      if (flow != null) {
        flows.add(flow);
      }
    }
    return FlowTimes.visit(flows, visitor);
  }

  /**
   * The result sets of a flow, or all: rows are in a file of the flow or, those of sources, in a
   * folder of the flow.
   *
   * @param flow its name in the store; null for all
   */
  void results(Path client, String flow, Consumer<String> out) {
    for (Path artifact : damage.folders(client.resolve("artifacts"))) {
      String name = names.of(artifact.getFileName().toString());
      if (flow == null || Files.exists(artifact.resolve(flow + ROWS), LinkOption.NOFOLLOW_LINKS)) {
        out.accept(name);
      }
      List<Path> flows = flow == null ? damage.folders(artifact) : List.of(artifact.resolve(flow));
      for (Path sources : flows) {
        for (Path source : damage.list(sources, n -> n.endsWith(ROWS))) {
          String file = source.getFileName().toString();
          String part = file.substring(0, file.length() - ROWS.length());
          out.accept(name + "/" + names.of(part));
        }
      }
    }
  }
}
