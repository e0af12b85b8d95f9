package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.ArtifactType;
import org.minivql.artifact.Compiler;
import org.minivql.artifact.Request;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.source.FleetException;
import org.minivql.registry.Interrogation;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.client.Metadata;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Principal;
import org.minivql.value.Dict;

/**
 * The rules of a world: the server event table and what runs because of it. Like on a server, a
 * change of the table, of a definition or of the server's metadata restarts all of them, unless
 * what they compile to stays the same.
 */
public final class EventTable implements RunningRule.Owner, AutoCloseable {
  private final World world;
  private final List<RunningRule> rules = new ArrayList<>();
  private final List<RunningRule> stopped = new ArrayList<>();
  private Trace trace;
  private boolean stale;

  EventTable(World world) {
    this.world = world;
    EventBus bus = world.model().bus();
    bus.listen(Interrogation.MODIFICATION, EventBus.Phase.LAST, this::touched);
    bus.listen(Metadata.QUEUE, EventBus.Phase.LAST, this::touched);
    bus.listen("Server.Audit.Logs", EventBus.Phase.LAST, this::audited);
  }

  /** Has notes taken by rules that are started from now on. */
  void trace(Trace notes) {
    trace = notes;
  }

  /** Says that a definition has changed. */
  void touch() {
    stale = true;
  }

  /** The rules that run now. */
  List<RunningRule> running() {
    return rules;
  }

  /** The rules that run now and those that ran before, each name once. */
  public Collection<RunningRule> all() {
    Map<String, RunningRule> all = new LinkedHashMap<>();
    stopped.forEach(rule -> all.put(rule.name(), rule));
    rules.forEach(rule -> all.put(rule.name(), rule));
    return all.values();
  }

  /** Puts rules into the server's event table and starts them. */
  void install(Map<Artifact, Dict> table) {
    List<Object> names = new ArrayList<>();
    List<Object> specs = new ArrayList<>();
    table.forEach(
        (artifact, parameters) -> {
          names.add(artifact.name());
          List<Object> env = new ArrayList<>();
          parameters.forEach((key, value) -> env.add(Dict.of("key", key, "value", value)));
          specs.add(Dict.of("artifact", artifact.name(), "parameters", Dict.of("env", env)));
        });
    world
        .model()
        .tables()
        .load(world.source().clientTable(), Dict.of("artifacts", names, "specs", specs));
    compile().forEach(this::start);
  }

  /** The sources of the rules in the table; unknown artifacts are left out. */
  private List<RunningRule> compile() {
    Dict table = world.model().tables().server();
    List<RunningRule> compiled = new ArrayList<>();
    for (Object name : (List<?>) table.get("artifacts")) {
      Artifact artifact = world.repository().get((String) name);
      if (artifact != null && artifact.type() == ArtifactType.SERVER_EVENT) {
        compile(artifact, Specs.parameters(table, artifact.name()), compiled);
      }
    }
    return compiled;
  }

  private void compile(Artifact artifact, Dict parameters, List<RunningRule> out) {
    try {
      Compiler compiler = new Compiler(world.repository(), world.model().metadata()::ofServer);
      for (Request request : compiler.compile(artifact, parameters)) {
        String name = request.queries().get(0).name();
        out.add(new RunningRule(name, request, this));
      }
    } catch (ArtifactException e) {
      throw new FleetException("artifact " + artifact.name() + ": " + e.getMessage());
    }
  }

  private void audited(Event event) {
    if ("SetServerMonitoringState".equals(event.payload().get("operation"))) {
      stale = true;
    }
  }

  /** Marks the table as possibly changed. */
  private void touched(Event event) {
    stale |= event.clientId().equals(ClientRecord.SERVER);
  }

  /** Brings the running rules in line with the table: all restart, or none where none differs. */
  void sync() {
    if (!stale) {
      return;
    }
    stale = false;
    List<RunningRule> next = compile();
    boolean same = next.size() == rules.size();
    for (int i = 0; same && i < next.size(); i++) {
      same = next.get(i).runsLike(rules.get(i));
    }
    if (!same) {
      stop();
      next.forEach(this::start);
    }
  }

  private void start(RunningRule rule) {
    rules.add(rule);
    rule.start(world.options());
  }

  /** Stops the rules and starts them again, from now. */
  void restart() {
    stop();
    compile().forEach(this::start);
  }

  /** Stops all rules; they keep their reports. */
  void stop() {
    rules.forEach(RunningRule::close);
    stopped.addAll(rules);
    rules.clear();
  }

  /** How the rules did, also those that were stopped, by their names in order of installation. */
  List<Plan.RuleReport> reports() {
    Map<String, Plan.RuleReport> reports = new LinkedHashMap<>();
    List<RunningRule> all = new ArrayList<>(stopped);
    all.addAll(rules);
    for (RunningRule rule : all) {
      reports.merge(rule.name(), rule.report(), Plan.RuleReport::plus);
      if (rule.ended()) {
        world
            .model()
            .quirks()
            .warn(
                "Q-36",
                rule.name(),
                null,
                "the query came to an end, and a server does not start it again");
      }
    }
    return new ArrayList<>(reports.values());
  }

  @Override
  public World world() {
    return world;
  }

  @Override
  public Trace trace() {
    return trace;
  }

  @Override
  public void row(RunningRule rule, Dict row) {
    world.recorder().row(rule.name(), row);
    Origin origin = new Origin(Principal.SUPERUSER, rule.name(), rule.rule().current());
    world.model().bus().publish(rule.name(), ClientRecord.SERVER, row, origin);
  }

  @Override
  public void close() {
    stop();
  }
}
