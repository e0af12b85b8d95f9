package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.Execution;
import org.minivql.LogLine;
import org.minivql.QueryOptions;
import org.minivql.VqlSyntaxException;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.Compiler;
import org.minivql.artifact.Pitfalls;
import org.minivql.artifact.Request;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.fleet.layout.Same;
import org.minivql.fleet.text.QueryText;
import org.minivql.fleet.text.UnknownCalls;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Principal;
import org.minivql.spi.Effects;
import org.minivql.spi.Mocks;
import org.minivql.spi.Pauses;
import org.minivql.spi.Permissions;
import org.minivql.spi.Uploads;
import org.minivql.spi.Warnings;
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
      Pitfalls.of(requests).forEach(p -> warn(p.id(), p.message()));
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
    String error = queries(request, rows);
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

  /** Runs the queries of a request and answers the first error, or null. */
  private String queries(Request request, Map<String, List<Dict>> rows) {
    log("DEFAULT", "Starting query execution for " + request.queries().get(0).name() + ".");
    String[] error = new String[1];
    Map<String, Object> env = new LinkedHashMap<>();
    env.put("config", new ClientConfig(world.source().hosts().config(clientId)));
    env.putAll(request.env().toMap());
    QueryOptions options =
        world
            .options()
            .withEnv(env)
            .withService(Mocks.class, new HostMocks(world.source().hosts(), clientId))
            .withService(Pauses.class, (scope, time) -> limits.pause(time) && scope.alive())
            .withService(Uploads.class, uploads)
            .withService(Effects.class, this::decide)
            .withService(Warnings.class, (scope, id, message) -> called(request, id, message))
            .withLog(line -> error[0] = first(error[0], failed(request, line)));
    options =
        onServer
            ? options.withService(Principal.class, creator())
            : options.withService(Permissions.class, Permissions.ALL);
    try (Execution run = world.engine().session(options)) {
      run(run, request.preamble(), null);
      if (!request.precondition().isBlank() && !holds(run, request)) {
        log("DEFAULT", request.artifact().name() + ": Skipping query due to preconditions");
        return error[0];
      }
      request.exports().forEach(export -> run(run, export, null));
      for (Request.Query query : request.queries()) {
        if (limits.over() == null && waitsForEvents(query.text())) {
          limits.waitForEver();
        } else if (limits.over() == null) {
          run(run, query.text(), rows.computeIfAbsent(query.name(), name -> new ArrayList<>()));
        }
      }
    } catch (VqlSyntaxException e) {
      log("ERROR", e.getMessage());
      error[0] = first(error[0], e.getMessage());
    }
    limits.look();
    if (limits.over() != null) {
      log("ERROR", limits.over());
      error[0] = first(error[0], limits.over());
      limits.end();
    }
    log("DEFAULT", "Collection " + request.artifact().name() + " is done after 0s");
    return error[0];
  }

  /** An artifact of the server may do what whoever collects it may. */
  private Principal creator() {
    Principal known = world.model().principal();
    return known.name().equals(((Dict) flow.get("request")).get("creator"))
        ? known
        : Principal.superuser();
  }

  /** A collection is over before anything else happens: a query that waits for it waits in vain. */
  private boolean waitsForEvents(String query) {
    List<String> texts = new ArrayList<>(List.of(query));
    for (Artifact artifact : world.repository().called(query)) {
      artifact.sources().forEach(source -> texts.add(source.query()));
    }
    return QueryText.of(texts).calls("watch_monitoring");
  }

  /** Uploads are taken note of like all that reaches out, and kept as a server would keep them. */
  private Effects.Decision decide(Effects.Effect effect) {
    Effects.Decision decision = world.effects().decide(effect);
    return effect.kind() == Effects.Kind.UPLOAD ? Effects.Decision.ALLOW : decision;
  }

  /**
   * What the product's own definitions call is no surprise to the author of an automation, nor is a
   * call from a source that has asked its own precondition.
   */
  private void called(Request request, String id, String message) {
    if (!request.artifact().builtIn() && request.precondition().isBlank()) {
      warn(id, message);
    }
  }

  private void warn(String id, String message) {
    world.model().quirks().warn(id, null, clientId, message);
  }

  private void run(Execution run, String text, List<Dict> rows) {
    if (!text.isBlank()) {
      run.run(
          world.engine().compile(text),
          row -> rows == null || rows.add((Dict) Same.plain(row)) && limits.row());
    }
  }

  private boolean holds(Execution run, Request request) {
    List<Dict> rows = new ArrayList<>();
    run(run, request.precondition(), rows);
    return !rows.isEmpty();
  }

  private static String first(String one, String other) {
    return one == null ? other : one;
  }

  /** Notes a line; answers its message where it makes the query fail. */
  private String failed(Request request, LogLine line) {
    String artifact = request.queries().get(0).name();
    Alerts.send(world.model(), line, clientId, artifact, flowId, Origin.SERVER);
    boolean error = RunningRule.isError(line);
    String unknown = error ? UnknownCalls.warning(line.text(), QueryText.of(request)) : null;
    if (unknown != null) {
      warn(UnknownCalls.QUIRK, unknown);
    }
    log(error ? "ERROR" : line.level().name(), line.message());
    return error ? line.message() : null;
  }

  private void log(String level, String message) {
    long now = world.model().clock().instant().getEpochSecond();
    logs.add(Dict.of("client_time", now, "level", level, "message", message + "\n", "_ts", now));
  }
}
