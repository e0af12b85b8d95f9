package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactType;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.registry.Quirks;
import org.minivql.value.Dict;

/**
 * Plays a fleet with rules installed, for all who ask what comes of it: dry runs, their
 * explanations, and tests. Nothing is written.
 */
public final class Rehearsal {
  private final FleetSource fleet;
  private final List<Artifact> rules;
  private final Set<String> without;

  /**
   * Rules for a fleet.
   *
   * @param fleet the fleet
   * @param rules the rules to run beside those of the fleet's table; one of the same name replaces
   *     the fleet's definition
   */
  public Rehearsal(FleetSource fleet, List<Artifact> rules) {
    this(fleet, rules, Set.of());
  }

  /**
   * The same, where some rules of the fleet's table do not run.
   *
   * @param without their names
   */
  public Rehearsal(FleetSource fleet, List<Artifact> rules, Set<String> without) {
    this.fleet = fleet;
    this.rules = List.copyOf(rules);
    this.without = Set.copyOf(without);
  }

  /**
   * Plays the fleet, in both orders where it asks for both.
   *
   * @throws FleetException where the fleet or a rule cannot be used
   */
  public Plan plan() {
    FleetConfig.Order order = fleet.config().order();
    if (order != FleetConfig.Order.BOTH) {
      return plan(order);
    }
    Plan first = plan(FleetConfig.Order.SERVICE_FIRST);
    Plan second = plan(FleetConfig.Order.HANDLER_FIRST);
    boolean differs =
        !first.clients().equals(second.clients()) || !first.outcomes().equals(second.outcomes());
    return new Plan(
        first.changes(),
        first.clients(),
        first.hosts(),
        first.rules(),
        warnings(first, second),
        differs,
        first.clientsTotal(),
        first.events(),
        first.loops() || second.loops(),
        first.effects());
  }

  /** The warnings of the first order, and those that only the second has. */
  private static List<Quirks.Warning> warnings(Plan first, Plan second) {
    List<Quirks.Warning> warnings = new ArrayList<>(first.warnings());
    for (Quirks.Warning warning : second.warnings()) {
      boolean known =
          first.warnings().stream()
              .anyMatch(
                  w -> w.id().equals(warning.id()) && Objects.equals(w.rule(), warning.rule()));
      if (!known) {
        warnings.add(warning);
      }
    }
    return warnings;
  }

  /** What the rules would change in one of the orders in which interrogation and handlers come. */
  public Plan plan(FleetConfig.Order order) {
    try (World world = open(order)) {
      run(world);
      return report(world);
    }
  }

  /** A world with the rules of this run, which do not run yet. */
  public World open(FleetConfig.Order order) {
    return new World(fleet, order, rules);
  }

  /** Starts the rules and plays the fleet to its end. */
  public void run(World world) {
    for (String name : undefined(world)) {
      world
          .model()
          .quirks()
          .warn(
              "W-UNKNOWN-ARTIFACT",
              name,
              null,
              "the server event table lists this artifact, but nothing defines it: it is skipped");
    }
    world.table().install(table(world));
    new Player(world).play();
    world.check();
  }

  private List<?> listed() {
    Dict given = fleet.serverTable();
    return given != null && given.get("artifacts") instanceof List<?> names ? names : List.of();
  }

  /** The artifacts of the server event table that nothing defines; a server leaves them out. */
  public List<String> undefined(World world) {
    return listed().stream()
        .map(String::valueOf)
        .filter(name -> !without.contains(name) && world.repository().get(name) == null)
        .toList();
  }

  /** The rules with their parameters: those of the table, then those named for this run. */
  private Map<Artifact, Dict> table(World world) {
    Map<Artifact, Dict> table = new LinkedHashMap<>();
    Dict given = fleet.serverTable();
    for (Object name : listed()) {
      Artifact artifact = world.repository().get(String.valueOf(name));
      if (artifact != null && !without.contains(artifact.name())) {
        table.put(artifact, Specs.parameters(given, artifact.name()));
      }
    }
    for (Artifact rule : rules) {
      table.putIfAbsent(world.repository().get(rule.name()), Dict.EMPTY);
    }
    for (Artifact artifact : table.keySet()) {
      if (artifact.type() != ArtifactType.SERVER_EVENT) {
        throw new FleetException(
            "artifact "
                + artifact.name()
                + ": Server monitoring can only run artifacts of type SERVER_EVENT, not "
                + artifact.type().name());
      }
    }
    return table;
  }

  /** What was changed until now, and how the rules did. */
  public static Plan report(World world) {
    List<Plan.RuleReport> reports = world.table().reports();
    reports.forEach(report -> Silence.warn(report, world.model().quirks()));
    return new Plan(
        world.recorder().changes(),
        world.recorder().clients(world.model()),
        world.recorder().hosts(world.model()),
        reports,
        world.model().quirks().warnings(),
        false,
        world.model().clients().size(),
        world.recorder().eventCount(),
        world.model().quirks().warnings().stream().anyMatch(w -> w.id().equals("W-LOOP")),
        world.effects().counts());
  }
}
