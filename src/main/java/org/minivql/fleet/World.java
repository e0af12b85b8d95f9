package org.minivql.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactCalls;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.Compiler;
import org.minivql.artifact.Repository;
import org.minivql.artifact.Request;
import org.minivql.registry.ClientRecord;
import org.minivql.registry.EventBus;
import org.minivql.registry.Origin;
import org.minivql.registry.Principal;
import org.minivql.registry.ServerModel;
import org.minivql.spi.Effects;
import org.minivql.value.Dict;

/** A server with a fleet in it, and the rules that run there. Belongs to one run. */
final class World implements AutoCloseable {
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

  /** Compiles a rule and starts its sources. */
  void install(Artifact artifact, Dict parameters) {
    List<Request> requests;
    try {
      requests = new Compiler(repository, this::serverMetadata).compile(artifact, parameters);
    } catch (ArtifactException e) {
      throw new FleetException("artifact " + artifact.name() + ": " + e.getMessage());
    }
    for (Request request : requests) {
      start(new RunningRule(request.queries().get(0).name(), request, engine, this::row, trace));
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
    List<RunningRule> before = List.copyOf(rules);
    stopRules();
    for (RunningRule rule : before) {
      start(new RunningRule(rule.name(), rule.request(), engine, this::row, trace));
    }
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

  /** The rules that were stopped, oldest first. */
  List<RunningRule> stopped() {
    return stopped;
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
