package org.minivql.bench;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.minivql.Execution;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Rule;
import org.minivql.registry.flow.Flows;
import org.minivql.registry.flow.Recorded;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/**
 * A rule that labels clients by what a collection found, over many clients. Runs in a process of
 * its own, so that the heap holds nothing else.
 */
public final class LabelRule {
  /** How it went: times of a completion, heap of a client, clients with the label. */
  private record Outcome(double nanos, double byHandNanos, long bytesPerClient, long labelled) {}

  private static final String ARTIFACT = "Custom.Inventory";
  private static final String RULE =
      """
      LET done = SELECT * FROM watch_monitoring(artifact='System.Flow.Completion')
        WHERE Flow.artifacts_with_results =~ 'Custom.Inventory'
      SELECT label(client_id=ClientId, labels='Server', op='set') AS L
      FROM foreach(row=done, query={
        SELECT ClientId FROM source(client_id=ClientId, flow_id=FlowId, artifact='Custom.Inventory')
        WHERE Platform =~ 'server'
      })
      """;
  private static final Shape FLOW =
      Shape.of("client_id", "session_id", "state", "artifacts_with_results");
  private static final Shape FOUND = Shape.of("Platform", "Version");
  private static final Dict SERVER = Dict.over(FOUND, "Windows Server 2022", "10.0");
  private static final Dict DESKTOP = Dict.over(FOUND, "Windows 11", "10.0");

  private LabelRule() {}

  private static String client(int number) {
    return "C.%08x".formatted(number);
  }

  private static Dict found(String clientId) {
    return (clientId.charAt(clientId.length() - 1) & 1) == 0 ? SERVER : DESKTOP;
  }

  /** Takes how many clients and runs; prints the outcome. */
  public static void main(String[] arguments) throws InterruptedException {
    Outcome outcome = median(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    System.out.printf(
        Locale.ROOT,
        "%f %f %d %d%n",
        outcome.nanos(),
        outcome.byHandNanos(),
        outcome.bytesPerClient(),
        outcome.labelled());
  }

  /** The median of some runs, after as many that warm up. */
  private static Outcome median(int clients, int runs) throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = -runs; i < runs; i++) {
      Outcome outcome = run(clients);
      if (i >= 0) {
        outcomes.add(outcome);
      }
    }
    outcomes.sort(Comparator.comparingDouble(Outcome::nanos));
    return outcomes.get(runs / 2);
  }

  /** Lets a collection of each client complete. */
  private static Outcome run(int clients) throws InterruptedException {
    Dict[] flows = new Dict[clients];
    for (int i = 0; i < clients; i++) {
      flows[i] = flow(client(i));
    }
    long before = used();
    ServerModel model = model();
    Vql engine = Vql.builder().service(ServerModel.class, model).build();
    Rule rule = new Rule("Bench.Label");
    AtomicLong labelled = new AtomicLong();
    Execution execution =
        engine.compile(RULE).start(QueryOptions.defaults().withService(Rule.class, rule));
    Thread thread = new Thread(() -> execution.run(row -> labelled.incrementAndGet() > 0), "rule");
    thread.start();
    if (!rule.awaitReady(10)) {
      throw new IllegalStateException("the rule does not listen");
    }
    for (Dict flow : flows) {
      model.clients().load(ClientRecord.of((String) flow.get("client_id")).with("hostname", "ws"));
    }
    long start = System.nanoTime();
    for (Dict flow : flows) {
      model.flows().complete(flow, Origin.SERVER);
    }
    double nanos = (System.nanoTime() - start) / (double) clients;
    long bytes = (used() - before) / clients;
    model.bus().close();
    thread.join();
    execution.close();
    return new Outcome(nanos, byHand(flows), bytes, labelled.get());
  }

  private static double byHand(Dict[] flows) {
    Map<String, Set<String>> labels = new HashMap<>();
    Map<String, Set<String>> clients = new HashMap<>();
    long start = System.nanoTime();
    for (Dict flow : flows) {
      String clientId = (String) flow.get("client_id");
      boolean with = ((List<?>) flow.get("artifacts_with_results")).contains(ARTIFACT);
      if (with && found(clientId).get("Platform").toString().toLowerCase().contains("server")) {
        labels.computeIfAbsent(clientId, id -> new TreeSet<>()).add("Server");
        clients.computeIfAbsent("server", label -> new HashSet<>()).add(clientId);
      }
    }
    return (System.nanoTime() - start) / (double) flows.length;
  }

  private static Dict flow(String clientId) {
    return Dict.over(FLOW, clientId, "F." + clientId.substring(2), "FINISHED", List.of(ARTIFACT));
  }

  private static ServerModel model() {
    Map<String, ArtifactInfo> artifacts = new HashMap<>();
    artifacts.put(Flows.COMPLETION, artifact(Flows.COMPLETION, "CLIENT_EVENT"));
    artifacts.put("Server.Internal.Label", artifact("Server.Internal.Label", "INTERNAL"));
    artifacts.put(ARTIFACT, artifact(ARTIFACT, "CLIENT"));
    return ServerModel.builder(Clock.fixed(Instant.ofEpochSecond(1_767_225_600), ZoneOffset.UTC))
        .artifacts(artifacts::get)
        .keptEvents(1000)
        .recorded(
            new Recorded() {
              @Override
              public Dict flow(String clientId, String flowId) {
                return LabelRule.flow(clientId);
              }

              @Override
              public boolean results(String clientId, String flowId, String artifact, Sink out) {
                out.row(found(clientId));
                return true;
              }
            })
        .build();
  }

  private static ArtifactInfo artifact(String name, String type) {
    return new ArtifactInfo(name, type, List.of(""), Map.of(), Set.of(), false, 0);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
