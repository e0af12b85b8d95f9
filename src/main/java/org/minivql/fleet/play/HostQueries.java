package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.minivql.Execution;
import org.minivql.LogLine;
import org.minivql.QueryOptions;
import org.minivql.RowHandler;
import org.minivql.VqlSyntaxException;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.CollectionLog;
import org.minivql.artifact.Request;
import org.minivql.fleet.layout.Same;
import org.minivql.fleet.text.QueryText;
import org.minivql.fleet.text.UnknownCalls;
import org.minivql.format.Json;
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

/** The queries of one request of a flow, run on a simulated host or on the server. */
final class HostQueries {
  private final World world;
  private final Dict flow;
  private final String clientId;
  private final String flowId;
  private final boolean onServer;
  private final Request request;
  private final HostUploads uploads;
  private final CollectionLimits limits;
  private final BiConsumer<String, String> log;
  private final CollectionLog lines;
  private final HostMocks mocks;
  private String error;
  private long scanned;

  /** The queries of a request; its log takes levels and messages. */
  HostQueries(
      World world,
      Dict flow,
      Request request,
      HostUploads uploads,
      CollectionLimits limits,
      BiConsumer<String, String> log) {
    this.world = world;
    this.flow = flow;
    this.clientId = (String) flow.get("client_id");
    this.flowId = (String) flow.get("session_id");
    this.onServer = clientId.equals(ClientRecord.SERVER);
    this.request = request;
    this.uploads = uploads;
    this.limits = limits;
    this.log = log;
    this.lines = new CollectionLog(request, limits::waited, log);
    this.mocks = new HostMocks(world.source().hosts(), clientId);
  }

  /**
   * Runs them.
   *
   * @param rows takes the rows by the names of their result sets
   * @return the first error, or null
   */
  String run(Map<String, List<Dict>> rows) {
    lines.starting();
    long files = uploads.count();
    try (Execution run = world.engine().session(options())) {
      run(run, request.preamble(), row -> true);
      if (!request.precondition().isBlank() && !holds(run)) {
        lines.skipping();
      } else {
        request.exports().forEach(export -> run(run, export, row -> true));
        for (Request.Query query : request.queries()) {
          fail(query(run, query, rows));
        }
      }
    } catch (VqlSyntaxException e) {
      log("ERROR", e.getMessage());
      fail(e.getMessage());
    }
    limits.look();
    fail(limit());
    limits.end();
    lines.uploaded(onServer ? 0 : uploads.count() - files);
    lines.done();
    lines.statistics(scanned, mocks.plugins(), mocks.functions());
    return error;
  }

  /** Runs one query unless a limit was met; answers the limit that it met, or null. */
  private String query(Execution run, Request.Query query, Map<String, List<Dict>> rows) {
    if (limits.over() != null) {
      return null;
    }
    if (waitsForEvents(query.text())) {
      limits.waitForEver();
      return limit();
    }
    List<Dict> results = rows.computeIfAbsent(query.name(), name -> new ArrayList<>());
    Dict spec = Specs.of((Dict) flow.get("request"), request.artifact().name());
    CollectionLog.Parts parts =
        lines.parts(query, CollectionLog.Batch.of(spec, request.artifact()));
    run(
        run,
        query.text(),
        row -> {
          String json = Json.text(row);
          results.add((Dict) Same.read(json));
          if (!onServer) {
            parts.row(json);
          }
          return limits.row();
        });
    limits.look();
    String limit = limit();
    parts.end();
    return limit;
  }

  /** Logs the limit that was met, if it was not yet, and answers it. */
  private String limit() {
    String news = limits.news();
    if (news != null) {
      log("ERROR", news);
    }
    return news;
  }

  private QueryOptions options() {
    Map<String, Object> env = new LinkedHashMap<>();
    env.put("config", new ClientConfig(world.source().hosts().config(clientId)));
    env.putAll(request.env().toMap());
    QueryOptions options =
        world
            .options()
            .withEnv(env)
            .withService(Mocks.class, mocks)
            .withService(Pauses.class, (scope, time) -> limits.pause(time) && scope.alive())
            .withService(Uploads.class, uploads)
            .withService(Effects.class, this::decide)
            .withService(Warnings.class, (scope, id, message) -> called(id, message))
            .withLog(line -> fail(failed(line)));
    return onServer
        ? options.withService(Principal.class, creator())
        : options.withService(Permissions.class, Permissions.ALL);
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
  private void called(String id, String message) {
    if (!request.artifact().builtIn() && request.precondition().isBlank()) {
      warn(id, message);
    }
  }

  private void warn(String id, String message) {
    world.model().quirks().warn(id, null, clientId, message);
  }

  private void run(Execution run, String text, RowHandler handler) {
    if (!text.isBlank()) {
      world
          .turns()
          .risk(
              () -> run.run(world.engine().compile(text), handler),
              () -> {
                limits.waitForEver();
                run.interrupt();
              });
      scanned += run.scanned();
    }
  }

  private boolean holds(Execution run) {
    boolean[] any = {false};
    run(run, request.precondition(), row -> any[0] = true);
    return any[0];
  }

  /** Notes an error, or null for none; the first one is that of the request. */
  private void fail(String message) {
    error = error == null ? message : error;
  }

  /** Notes a line; answers its message where it makes the query fail. */
  private String failed(LogLine line) {
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
    log.accept(level, message + "\n");
  }
}
