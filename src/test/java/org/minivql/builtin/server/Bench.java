package org.minivql.builtin.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.Execution;
import org.minivql.QueryOptions;
import org.minivql.RowHandler;
import org.minivql.Vql;
import org.minivql.format.Json;
import org.minivql.registry.ServerModel;
import org.minivql.registry.TestClock;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Principal;
import org.minivql.registry.event.Quirks;
import org.minivql.registry.event.Rule;
import org.minivql.registry.flow.Recorded;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.spi.Delegation;
import org.minivql.value.Dict;

/** A server, an engine on it, and rules that run in it. */
final class Bench implements AutoCloseable {
  final TestClock clock = new TestClock();
  final List<String> log = Collections.synchronizedList(new ArrayList<>());
  final Map<String, ArtifactInfo> artifacts = new ConcurrentHashMap<>();
  final ServerModel server;
  private final Vql vql;
  private final List<Thread> threads = new ArrayList<>();

  Bench() {
    this(EventBus.Phase.FIRST, Principal.superuser(), Recorded.NONE);
  }

  Bench(EventBus.Phase interrogation, Principal principal, Recorded recorded) {
    queue("System.Flow.Completion", "CLIENT_EVENT");
    queue("System.Hunt.Creation", "SERVER_EVENT");
    for (String name : List.of("Label", "Enrollment", "Interrogation")) {
      queue("Server.Internal." + name, "INTERNAL");
    }
    queue("Server.Internal.MetadataModifications", "SERVER_EVENT");
    queue("Server.Internal.ArtifactModification", "SERVER_EVENT");
    queue("Server.Audit.Logs", "SERVER_EVENT");
    artifact("Generic.Client.Info", "CLIENT", "BasicInformation", "Users");
    server =
        ServerModel.builder(clock)
            .artifacts(artifacts::get)
            .principal(principal)
            .recorded(recorded)
            .indexedMetadata(List.of("team"))
            .interrogation(interrogation)
            .log(log::add)
            .build();
    vql =
        Vql.builder()
            .clock(clock)
            .catalog(new GeneratedCatalog())
            .service(ServerModel.class, server)
            .service(Delegation.class, server.orgs())
            .build();
  }

  void queue(String name, String type) {
    artifact(name, type);
  }

  void artifact(String name, String type, String... sources) {
    artifact(new ArtifactInfo(name, type, List.of(sources), Map.of(), Set.of(), false, 0));
  }

  void artifact(ArtifactInfo info) {
    artifacts.put(info.name(), info);
  }

  void client(String id, String host, String... labels) {
    server
        .clients()
        .load(
            ClientRecord.of(id).with("hostname", host).with("labels", List.of((Object[]) labels)));
  }

  /** The rows of all statements. */
  List<Dict> rows(String program) {
    List<Dict> rows = new ArrayList<>();
    vql.compile(program).run(options(null), rows::add);
    return rows;
  }

  private QueryOptions options(Rule rule) {
    QueryOptions options = QueryOptions.defaults().withLog(line -> log.add(line.text()));
    return rule == null ? options : options.withService(Rule.class, rule);
  }

  /** A scope in which programs run one after the other, with some variables. */
  Execution session(Map<String, ?> variables) {
    return vql.session(options(null).withEnv(variables));
  }

  /** Runs one program of a session; gives its rows. */
  List<Dict> rows(Execution session, String program) {
    List<Dict> rows = new ArrayList<>();
    session.run(vql.compile(program), rows::add);
    return rows;
  }

  /** The rows as JSON, one a line. */
  String json(String program) {
    StringBuilder out = new StringBuilder();
    rows(program).forEach(row -> out.append(Json.text(row)).append('\n'));
    return out.toString().stripTrailing();
  }

  /** The value of an expression as JSON. */
  String value(String expression) {
    return Json.text(rows("SELECT " + expression + " AS V FROM scope()").get(0).get("V"));
  }

  /** Runs a program as a rule until the bench is closed; its rows go into the list. */
  Rule rule(String name, String program, Collection<Dict> rows) {
    Rule rule = new Rule(name);
    Execution execution = vql.compile(program).start(options(rule));
    Thread thread =
        new Thread(
            () -> {
              try (execution) {
                execution.run((RowHandler) rows::add);
              } finally {
                rule.ready();
              }
            },
            name);
    threads.add(thread);
    thread.start();
    try {
      if (!rule.awaitReady(10)) {
        throw new AssertionError(name + " does not listen");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return rule;
  }

  /** Stores a finished flow with rows of one source. */
  Dict flow(String clientId, String flowId, String source, Dict... rows) {
    server.results().append(clientId, flowId, source, List.of(rows));
    Dict flow =
        Dict.of(
            "client_id",
            clientId,
            "session_id",
            flowId,
            "request",
            Dict.of("artifacts", List.of("Generic.Client.Info")),
            "state",
            "FINISHED",
            "artifacts_with_results",
            rows.length == 0 ? List.of() : List.of(source));
    server.flows().put(flow);
    return server.flows().get(clientId, flowId);
  }

  Map<String, Quirks.Warning> warnings() {
    Map<String, Quirks.Warning> byId = new LinkedHashMap<>();
    server.quirks().warnings().forEach(w -> byId.put(w.id(), w));
    return byId;
  }

  List<String> labels(String clientId) {
    return server.clients().get(clientId).labels();
  }

  @Override
  public void close() {
    server.bus().close();
    for (Thread thread : threads) {
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
