package org.minivql.fleet.play;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactCalls;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.Repository;
import org.minivql.builtin.testing.TestContext;
import org.minivql.fleet.archive.CollectorArchives;
import org.minivql.fleet.archive.Overlay;
import org.minivql.fleet.directory.RecordedDirectory;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.fleet.text.Conditions;
import org.minivql.registry.Access;
import org.minivql.registry.Importer;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Principal;
import org.minivql.registry.event.Turns;
import org.minivql.registry.store.MemoryStore;
import org.minivql.registry.store.Store;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.Delegation;
import org.minivql.spi.Effects;
import org.minivql.spi.FileStore;
import org.minivql.spi.Permissions;
import org.minivql.spi.Workers;
import org.minivql.value.Dict;
import org.minivql.value.Limit;

/** A server with a fleet in it, and the rules that run there. Belongs to one run. */
public final class World implements AutoCloseable {
  // Rules that collect from each other's completions must end some time.
  private static final int MOST_FLOWS = 100_000;
  private static final Set<Object> SCHEDULED = Set.of("RUNNING", "WAITING");

  private final FleetSource source;
  private final Turns turns = new Turns();
  private final VirtualClock clock;
  private final TestContext test;
  private final Repository repository = Repository.standard();
  private final ServerModel model;
  private final Recorder recorder = new Recorder();
  private final EffectLog effects = new EffectLog();
  private final Vql engine;
  private final Overlay overlay;
  private final EventTable table;
  private final List<String> serverLog = new ArrayList<>();
  private final Queue<Dict> scheduled = new ArrayDeque<>();
  private Set<String> idleHunts = Set.of();

  /** A world of which nothing is kept. */
  public World(FleetSource source, FleetConfig.Order order, List<Artifact> replacements) {
    this(source, order, replacements, new MemoryStore());
  }

  /**
   * A world whose clients, labels and metadata are kept.
   *
   * @param store has them from earlier runs, and takes what changes; it is not closed
   */
  public World(
      FleetSource source, FleetConfig.Order order, List<Artifact> replacements, Store store) {
    this.source = source;
    this.overlay = new Overlay(source.recorded());
    FleetConfig config = source.config();
    this.clock = new VirtualClock(config.clockStart(), turns);
    this.test = new TestContext(clock);
    List<Artifact> artifacts = new ArrayList<>(source.artifacts());
    artifacts.addAll(replacements);
    for (Artifact artifact : artifacts) {
      define(artifact);
    }
    this.model =
        ServerModel.builder(test.clock())
            .store(store)
            .recorded(overlay)
            .artifacts(new Catalogue(repository, overlay))
            .principal(principal(config))
            .idSeed(config.idSeed())
            .indexedMetadata(config.indexedMetadata())
            .interrogation(
                order == FleetConfig.Order.HANDLER_FIRST
                    ? EventBus.Phase.LAST
                    : EventBus.Phase.FIRST)
            .log(serverLog::add)
            .build();
    load(store);
    this.engine =
        Vql.builder()
            .clock(test.clock())
            .namespace(new ArtifactCalls(scope -> scope.service(Repository.class)))
            .catalog(new Conditions())
            .service(ServerModel.class, model)
            .service(Delegation.class, model.orgs())
            .service(FileStore.class, model.files())
            .service(Importer.class, this::importArchive)
            .service(ArtifactCalls.ServerMetadata.class, model.metadata()::ofServer)
            .service(Repository.class, repository)
            .service(Permissions.class, Access.permissions(model))
            .service(Effects.class, effects)
            .service(Workers.class, new OrderlyWorkers(turns, clock))
            .build();
    this.table = new EventTable(this);
  }

  private static Principal principal(FleetConfig config) {
    Principal server = Principal.superuser();
    String name = config.principal() == null ? server.name() : config.principal();
    return config.roles().isEmpty()
        ? new Principal(name, server.permissions())
        : Principal.of(name, config.roles());
  }

  private void define(Artifact artifact) {
    try {
      repository.define(artifact);
    } catch (ArtifactException e) {
      throw new FleetException("artifact " + artifact.name() + ": " + e.getMessage());
    }
  }

  /** Sets a definition; rules that it changes restart with the next sync. */
  void redefine(Artifact artifact) {
    define(artifact);
    table.touch();
  }

  private void load(Store store) {
    Loading loading = new Loading(source, model, recorder);
    store.atomically(loading::clients);
    if (source instanceof CollectorArchives archives) {
      archives.nanoseconds().forEach(this::warnOfNanoseconds);
    }
    model.changes().listen(recorder::change);
    model.bus().listen(null, EventBus.Phase.FIRST, recorder::event);
    model.flows().onScheduled(scheduled::add);
    idleHunts = loading.hunts();
  }

  /** The flow of a client comes from an offline collector. */
  void warnOfNanoseconds(String clientId) {
    model
        .quirks()
        .warn("Q-03", null, clientId, "an offline collector writes flow times in nanoseconds");
  }

  public static Dict texts(Dict metadata) {
    Dict.Builder out = Dict.builder();
    metadata.forEach((key, value) -> out.set(key, value == null ? "" : String.valueOf(value)));
    return out.build();
  }

  public FleetSource source() {
    return source;
  }

  public ServerModel model() {
    return model;
  }

  public Repository repository() {
    return repository;
  }

  Overlay overlay() {
    return overlay;
  }

  public Recorder recorder() {
    return recorder;
  }

  EffectLog effects() {
    return effects;
  }

  public Vql engine() {
    return engine;
  }

  /** The turns that the threads of its programs take. */
  public Turns turns() {
    return turns;
  }

  /** The clock that what happens moves on; the server's shows the same while none is mocked. */
  public VirtualClock clock() {
    return clock;
  }

  /** The mocks of programs that are tests; what they make of time holds for the server, too. */
  public TestContext test() {
    return test;
  }

  /** The lines of the server's own log. */
  List<String> serverLog() {
    return serverLog;
  }

  /** The server's metadata, as parameters of artifacts see it; null where there is none. */
  private Dict importArchive(Path archive, String clientId, String hostname) {
    try {
      return new ArchiveImport(this).run(archive, clientId, hostname);
    } catch (FleetException e) {
      throw new ArgumentException(e.getMessage());
    }
  }

  /** Has notes taken of what rules do with the events of one client. Before rules are started. */
  public void trace(Trace notes) {
    table.trace(notes);
    model.reads().listen(notes::read);
    model.changes().listen(notes::change);
    model.hunts().refusals().listen(notes::refusal);
    model.bus().listen(null, EventBus.Phase.FIRST, notes::event);
    model.quirks().listen(warning -> notes.met(warning, eventOf(warning.rule())));
  }

  /** The event that a rule is handling, or null. */
  private Event eventOf(String rule) {
    for (RunningRule running : table.running()) {
      if (running.name().equals(rule)) {
        return running.rule().current();
      }
    }
    return null;
  }

  /** The hunts that were not running at the start. */
  public Set<String> idleHunts() {
    return idleHunts;
  }

  /** Moves time on. */
  void moveTo(Instant time) {
    clock.moveTo(time, this::runScheduled);
    model.timePassed();
  }

  /** What runs of these programs and rules are given. */
  public QueryOptions options() {
    // A rule goes on as long as its fleet has events.
    return QueryOptions.defaults()
        .withoutLimit(Limit.TIME)
        .withoutLimit(Limit.ROWS)
        .withoutLimit(Limit.SCANNED)
        .withSeed(source.config().idSeed().hashCode());
  }

  /** Lets the server and the hosts of clients run what was scheduled for them. */
  void runScheduled() {
    for (int round = 0; round < MOST_FLOWS && !scheduled.isEmpty(); round++) {
      Dict flow = scheduled.poll();
      String clientId = (String) flow.get("client_id");
      boolean answers = clientId.equals(ClientRecord.SERVER) || source.hosts().has(clientId);
      if (answers && isScheduled(model.flows().get(clientId, (String) flow.get("session_id")))) {
        new Simulator(this, flow).run();
      }
    }
  }

  /** Whether a flow is there, and neither done nor cancelled. */
  public static boolean isScheduled(Dict flow) {
    return flow != null && SCHEDULED.contains(flow.get("state"));
  }

  /** The rules. */
  public EventTable table() {
    return table;
  }

  /** Throws what went wrong while data was read or a rule was run. */
  public void check() {
    if (source.recorded() instanceof RecordedDirectory directory && directory.failure() != null) {
      throw directory.failure();
    }
    for (RunningRule rule : table.running()) {
      if (rule.failure() != null) {
        throw rule.failure();
      }
    }
  }

  @Override
  public void close() {
    table.close();
    model.close();
    overlay.damage().problems().forEach(source::note);
    overlay.close();
  }
}
