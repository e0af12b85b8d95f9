package org.minivql.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.minivql.Execution;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.play.Player;
import org.minivql.fleet.play.World;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.fleet.text.QueryText;
import org.minivql.registry.KeptClients;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.Principal;
import org.minivql.registry.event.Quirks;
import org.minivql.registry.event.Rule;
import org.minivql.registry.event.Turns;
import org.minivql.registry.store.MemoryStore;
import org.minivql.registry.store.Store;
import org.minivql.spi.Mocks;
import org.minivql.spi.Pauses;
import org.minivql.spi.Warnings;

/**
 * A fleet as programs see it: a server with all clients, on which what is recorded happens while a
 * program listens. Changes stay in memory, unless a store is given.
 *
 * @since 0.1.0
 */
public final class FleetStage implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final World world;
  private Rule rule = new Rule(null);
  private volatile RuntimeException failure;
  private volatile boolean over;

  /**
   * Opens a fleet.
   *
   * @param fleet the fleet; it is not closed
   * @param definitions artifacts beside those of the fleet; one of the same name replaces it
   * @throws FleetException where the fleet cannot be used
   */
  public FleetStage(FleetSource fleet, List<Artifact> definitions) {
    this(fleet, definitions, new MemoryStore());
  }

  /**
   * Opens a fleet whose client records, labels and metadata are kept from run to run. What the
   * store has of a client counts, be it that it was deleted; the fleet gives what the store has
   * not, and is not written to.
   *
   * @param fleet the fleet; it is not closed
   * @param definitions artifacts beside those of the fleet; one of the same name replaces it
   * @param kept has what earlier runs changed, and takes what this one does; it is not closed
   * @throws FleetException where the fleet cannot be used
   */
  public static FleetStage keeping(FleetSource fleet, List<Artifact> definitions, Store kept) {
    return new FleetStage(fleet, definitions, new KeptClients(kept));
  }

  private FleetStage(FleetSource fleet, List<Artifact> definitions, Store store) {
    FleetConfig.Order order = fleet.config().order();
    this.world =
        new World(
            fleet,
            order == FleetConfig.Order.BOTH ? FleetConfig.Order.SERVICE_FIRST : order,
            definitions,
            store);
  }

  /** The engine to compile and run programs with. */
  public Vql engine() {
    return world.engine();
  }

  /** What programs that are tests mock: the clock they stop is that of the server. */
  public Mocks mocks() {
    return world.test();
  }

  /** The options with what programs need to see the fleet; clock and seed are the fleet's. */
  public QueryOptions options(QueryOptions given) {
    return options(given, List.of());
  }

  /**
   * The same for programs whose texts are known: some warnings are only for those who use what they
   * are about.
   */
  public QueryOptions options(QueryOptions given, List<String> programs) {
    QueryText text = QueryText.of(withCalled(programs));
    rule = new Rule(null, text.mentions(), world.turns(), text.mayWait());
    return given
        .withService(Warnings.class, (scope, id, message) -> warn(id, message))
        .withSeed(world.source().config().idSeed().hashCode())
        .withService(Rule.class, rule)
        .withService(Pauses.class, world.clock())
        .withService(Principal.class, world.model().principal());
  }

  /** The texts, and those of the artifacts they call that do not come with the product. */
  private List<String> withCalled(List<String> programs) {
    List<String> texts = new ArrayList<>(programs);
    for (Artifact artifact : world.repository().called(String.join("\n", programs))) {
      if (!artifact.builtIn()) {
        texts.add(artifact.export());
        artifact.sources().forEach(source -> texts.add(source.query()));
      }
    }
    return texts;
  }

  private void warn(String id, String message) {
    Event event = rule.current();
    world.model().quirks().warn(id, null, event == null ? null : event.clientId(), message);
  }

  /** What of the server's behaviour the programs met that their author may not expect. */
  public List<Quirks.Warning> warnings() {
    return world.model().quirks().warnings();
  }

  /**
   * Runs programs in a thread of their own. When they listen for events, everything recorded
   * happens; then they are ended.
   *
   * @param execution the run that the programs belong to
   * @param programs runs them
   * @throws FleetException where data of the fleet cannot be used
   */
  public void play(Execution execution, Runnable programs) {
    rule.whenStuck(execution::cancel);
    Turns.Turn turn = world.turns().fork(false);
    Thread thread =
        new Thread(() -> world.turns().run(turn, () -> run(programs)), "fleet-programs");
    thread.setDaemon(true);
    thread.start();
    try {
      // Programs may work for long before they listen.
      world.turns().settle(Turns.Patience.CAUSING);
      if (!over) {
        world.turns().conduct(() -> new Player(world).play());
        execution.interrupt();
        world.turns().settle(PATIENCE_SECONDS);
      }
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      execution.cancel();
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
    world.check();
  }

  private void run(Runnable programs) {
    try {
      programs.run();
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      over = true;
    }
  }

  @Override
  public void close() {
    world.close();
  }
}
