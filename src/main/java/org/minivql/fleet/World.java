package org.minivql.fleet;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactCalls;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.ArtifactType;
import org.minivql.artifact.Compiler;
import org.minivql.artifact.Repository;
import org.minivql.artifact.Request;
import org.minivql.registry.ClientRecord;
import org.minivql.registry.Event;
import org.minivql.registry.EventBus;
import org.minivql.registry.Interrogation;
import org.minivql.registry.Metadata;
import org.minivql.registry.Origin;
import org.minivql.registry.Principal;
import org.minivql.registry.ServerModel;
import org.minivql.spi.Effects;
import org.minivql.value.Dict;

/** A server with a fleet in it, and the rules that run there. Belongs to one run. */
final class World implements AutoCloseable {
  // Rules that collect from each other's completions must end some time.
  private static final int MOST_FLOWS = 100_000;

  private final FleetSource source;
  private final VirtualClock clock;
  private final Repository repository = Repository.standard();
  private final ServerModel model;
  private final Recorder recorder = new Recorder();
  private final EffectLog effects = new EffectLog();
  private final Vql engine;
  private final List<RunningRule> rules = new ArrayList<>();
  private final List<RunningRule> stopped = new ArrayList<>();
  private final List<String> serverLog = new ArrayList<>();
  private final Queue<Dict> scheduled = new ArrayDeque<>();
  private boolean stale;
  private Trace trace;

  World(FleetSource source, FleetConfig.Order order, List<Artifact> replacements) {
    this.source = source;
    FleetConfig config = source.config();
    this.clock = new VirtualClock(config.clockStart());
    List<Artifact> artifacts = new ArrayList<>(source.artifacts());
    artifacts.addAll(replacements);
    for (Artifact artifact : artifacts) {
      define(artifact);
    }
    this.model =
        ServerModel.builder(clock)
            .recorded(source.recorded())
            .artifacts(new Catalogue(repository))
            .principal(principal(config))
            .idSeed(config.idSeed())
            .indexedMetadata(config.indexedMetadata())
            .interrogation(
                order == FleetConfig.Order.HANDLER_FIRST
                    ? EventBus.Phase.LAST
                    : EventBus.Phase.FIRST)
            .log(serverLog::add)
            .build();
    load();
    this.engine =
        Vql.builder()
            .clock(clock)
            .namespace(new ArtifactCalls(scope -> scope.service(Repository.class)))
            .catalog(new Conditions())
            .service(ServerModel.class, model)
            .service(Repository.class, repository)
            .service(Effects.class, effects)
            .build();
  }

  private static Principal principal(FleetConfig config) {
    return config.principal() == null && config.roles().isEmpty()
        ? Principal.superuser()
        : Principal.of(config.principal() == null ? "analyst" : config.principal(), config.roles());
  }

  private void define(Artifact artifact) {
    try {
      repository.define(artifact);
    } catch (ArtifactException e) {
      throw new FleetException("artifact " + artifact.name() + ": " + e.getMessage());
    }
  }

  private void load() {
    source.clients(
        row -> {
          ClientRecord record = ClientRecord.of(row);
          model.clients().load(record);
          recorder.initial(record);
        });
    source.metadata(
        row -> {
          if (row.get("metadata") instanceof Dict metadata) {
            model.metadata().load((String) row.get("client_id"), texts(metadata));
          }
        });
    model.changes().listen(recorder::change);
    model.bus().listen(null, EventBus.Phase.FIRST, recorder::event);
    model.bus().listen(Interrogation.MODIFICATION, EventBus.Phase.LAST, this::touched);
    model.bus().listen(Metadata.QUEUE, EventBus.Phase.LAST, this::touched);
    model.bus().listen("Server.Audit.Logs", EventBus.Phase.LAST, this::audited);
    model.flows().onScheduled(scheduled::add);
    source.hunts(
        row -> {
          List<String> participants = new ArrayList<>();
          if (row.get("participants") instanceof List<?> ids) {
            ids.forEach(id -> participants.add(String.valueOf(id)));
          }
          Dict hunt = row.toBuilder().remove("participants").remove("members").build();
          model.hunts().load(hunt, participants);
          if (row.get("members") instanceof List<?> members) {
            members.forEach(member -> join(hunt, (Dict) member));
          }
        });
  }

  private void join(Dict hunt, Dict member) {
    model
        .hunts()
        .load(
            (String) hunt.get("hunt_id"),
            String.valueOf(member.get("ClientId")),
            String.valueOf(member.get("FlowId")));
  }

  static Dict texts(Dict metadata) {
    Dict.Builder out = Dict.builder();
    metadata.forEach((key, value) -> out.set(key, value == null ? "" : String.valueOf(value)));
    return out.build();
  }

  FleetSource source() {
    return source;
  }

  ServerModel model() {
    return model;
  }

  Repository repository() {
    return repository;
  }

  Recorder recorder() {
    return recorder;
  }

  EffectLog effects() {
    return effects;
  }

  Vql engine() {
    return engine;
  }

  VirtualClock clock() {
    return clock;
  }

  /** The lines of the server's own log. */
  List<String> serverLog() {
    return serverLog;
  }

  /** Has notes taken of what rules do with the events of one client. Before rules are started. */
  void trace(Trace notes) {
    trace = notes;
    model.reads().listen(notes::read);
    model.changes().listen(notes::change);
  }

  /** Moves time on. */
  void moveTo(Instant time) {
    clock.moveTo(time);
  }

  /** What runs of these programs and rules are given. */
  QueryOptions options() {
    return QueryOptions.defaults().withSeed(source.config().idSeed().hashCode());
  }

  /** Puts rules into the server's event table and starts them. */
  void rules(Map<Artifact, Dict> table) {
    List<Object> names = new ArrayList<>();
    List<Object> specs = new ArrayList<>();
    table.forEach(
        (artifact, parameters) -> {
          names.add(artifact.name());
          List<Object> env = new ArrayList<>();
          parameters.forEach((key, value) -> env.add(Dict.of("key", key, "value", value)));
          specs.add(Dict.of("artifact", artifact.name(), "parameters", Dict.of("env", env)));
        });
    model.tables().load(source.clientTable(), Dict.of("artifacts", names, "specs", specs));
    compile().forEach(this::start);
  }

  /** The sources of the rules in the table; unknown artifacts are left out. */
  private List<RunningRule> compile() {
    Dict table = model.tables().server();
    List<RunningRule> compiled = new ArrayList<>();
    for (Object name : (List<?>) table.get("artifacts")) {
      Artifact artifact = repository.get((String) name);
      if (artifact != null && artifact.type() == ArtifactType.SERVER_EVENT) {
        compile(artifact, Specs.parameters(table, artifact.name()), compiled);
      }
    }
    return compiled;
  }

  private void compile(Artifact artifact, Dict parameters, List<RunningRule> out) {
    try {
      Compiler compiler = new Compiler(repository, this::serverMetadata);
      for (Request request : compiler.compile(artifact, parameters)) {
        String name = request.queries().get(0).name();
        out.add(new RunningRule(name, request, engine, this::row, trace));
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
      stopRules();
      next.forEach(this::start);
    }
  }

  /** Lets the hosts of clients run what was scheduled for them. */
  void runScheduled() {
    for (int round = 0; round < MOST_FLOWS && !scheduled.isEmpty(); round++) {
      Dict flow = scheduled.poll();
      if (source.hosts().has((String) flow.get("client_id"))) {
        new Simulator(this, flow).run();
      }
    }
  }

  private String serverMetadata(String key) {
    Object value = model.metadata().get(ClientRecord.SERVER).get(key);
    return value == null ? null : String.valueOf(value);
  }

  private void start(RunningRule rule) {
    rules.add(rule);
    rule.start(options().withService(Principal.class, Principal.superuser()));
  }

  private void row(RunningRule rule, Dict row) {
    recorder.row(rule.name(), row);
    Origin origin = new Origin(Principal.SUPERUSER, rule.name(), rule.rule().current());
    model.bus().publish(rule.name(), ClientRecord.SERVER, row, origin);
  }

  /** Stops the rules and starts them again, from now. */
  void restart() {
    stopRules();
    compile().forEach(this::start);
  }

  /** Stops all rules; they keep their reports. */
  void stopRules() {
    rules.forEach(RunningRule::close);
    stopped.addAll(rules);
    rules.clear();
  }

  List<RunningRule> rules() {
    return rules;
  }

  /** How the rules did, also those that were stopped, by their names in order of installation. */
  List<Plan.RuleReport> reports() {
    Map<String, Plan.RuleReport> reports = new LinkedHashMap<>();
    List<RunningRule> all = new ArrayList<>(stopped);
    all.addAll(rules);
    for (RunningRule rule : all) {
      reports.merge(rule.name(), rule.report(), Plan.RuleReport::plus);
    }
    return new ArrayList<>(reports.values());
  }

  /** Throws what went wrong while data was read or a rule was run. */
  void check() {
    if (source.recorded() instanceof RecordedDirectory directory && directory.failure() != null) {
      throw directory.failure();
    }
    for (RunningRule rule : rules) {
      if (rule.failure() != null) {
        throw rule.failure();
      }
    }
  }

  @Override
  public void close() {
    stopRules();
    model.bus().close();
  }
}
