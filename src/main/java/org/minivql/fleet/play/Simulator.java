package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.Compiler;
import org.minivql.artifact.Pitfalls;
import org.minivql.artifact.Request;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Origin;
import org.minivql.value.Dict;

/** Runs a scheduled flow against the description of its client's host, or on the server itself. */
final class Simulator {
  private final World world;
  private final Dict flow;
  private final String clientId;
  private final String flowId;
  private final List<Dict> logs = new ArrayList<>();
  private final List<Object> stats = new ArrayList<>();
  private final HostUploads uploads;
  private final boolean onServer;
  private CollectionLimits limits;

  Simulator(World world, Dict flow) {
    this.world = world;
    this.flow = flow;
    this.clientId = (String) flow.get("client_id");
    this.flowId = (String) flow.get("session_id");
    this.uploads = new HostUploads(world, clientId, flowId);
    this.onServer = clientId.equals(ClientRecord.SERVER);
  }

  /** Runs all its artifacts, stores rows and logs, and lets the flow complete. */
  void run() {
    if (!onServer) {
      world.model().contacts().handOver(clientId);
    }
    Dict request = (Dict) flow.get("request");
    List<Request> requests = new ArrayList<>();
    for (Object name : (List<?>) request.get("artifacts")) {
      requests.addAll(compile(String.valueOf(name), request));
    }
    limits =
        new CollectionLimits(
            flow, request, requests.stream().map(Request::artifact).distinct().toList(), uploads);
    for (int i = 0; i < requests.size() && !limits.cancelled(); i++) {
      collect(requests.get(i), i + 1, requests.size());
    }
    world.model().results().appendLogs(clientId, flowId, logs);
    uploads.finish();
    Dict.Builder done =
        Dict.builder()
            .set("client_id", clientId)
            .set("session_id", flowId)
            .set("request", request)
            .set("previous_flows", flow.get("previous_flows"))
            .set("create_time", flow.get("create_time"))
            .set("total_requests", (long) requests.size())
            .set("query_stats", List.copyOf(stats));
    if (requests.isEmpty()) {
      done.set("state", "FINISHED");
    }
    world.model().flows().put(done.build());
    Dict complete = world.model().flows().get(clientId, flowId);
    if (onServer) {
      world.model().flows().completeWhole(complete, Origin.SERVER);
    } else {
      world.model().flows().complete(complete, Origin.SERVER);
    }
  }

  private List<Request> compile(String name, Dict request) {
    Artifact artifact = world.repository().get(name);
    if (artifact == null) {
      log("ERROR", "Unknown artifact " + name);
      return List.of();
    }
    try {
      Dict env = Specs.parameters(request, name);
      List<Request> requests = compiler().compile(artifact, env);
      Pitfalls.of(requests)
          .forEach(p -> world.model().quirks().warn(p.id(), null, clientId, p.message()));
      return requests;
    } catch (ArtifactException e) {
      log("ERROR", e.getMessage());
      return List.of();
    }
  }

  private Compiler compiler() {
    return new Compiler(
        world.repository(), onServer ? world.model().metadata()::ofServer : key -> null);
  }

  private void collect(Request request, int number, int total) {
    int before = logs.size();
    long files = uploads.count();
    long bytes = uploads.bytes();
    limits.begin();
    Map<String, List<Dict>> rows = new LinkedHashMap<>();
    String error = new HostQueries(world, flow, request, uploads, limits, this::append).run(rows);
    List<Object> names = new ArrayList<>();
    long count = 0;
    for (Map.Entry<String, List<Dict>> result : rows.entrySet()) {
      if (!result.getValue().isEmpty()) {
        world.model().results().append(clientId, flowId, result.getKey(), result.getValue());
        names.add(result.getKey());
        count += result.getValue().size();
      }
    }
    long now = FlowTimes.micros(world.model().clock().instant());
    stats.add(
        Dict.of(
            "status",
            error == null ? "OK" : "GENERIC_ERROR",
            "error_message",
            error == null ? "" : error,
            "first_active",
            now,
            "last_active",
            now,
            "names_with_response",
            names,
            "Artifact",
            request.queries().get(0).name(),
            "log_rows",
            (long) (logs.size() - before),
            "uploaded_files",
            uploads.count() - files,
            "uploaded_bytes",
            uploads.bytes() - bytes,
            "expected_uploaded_bytes",
            uploads.bytes() - bytes,
            "result_rows",
            count,
            "query_id",
            (long) number,
            "total_queries",
            (long) total));
  }

  private void log(String level, String message) {
    append(level, message + "\n");
  }

  private void append(String level, String message) {
    long now = world.model().clock().instant().getEpochSecond();
    logs.add(Dict.of("client_time", now, "level", level, "message", message, "_ts", now));
  }
}
