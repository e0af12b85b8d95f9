package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactParameter;
import org.minivql.artifact.ArtifactType;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.registry.event.Quirks;
import org.minivql.value.Dict;

/**
 * Plays a fleet with rules installed, for all who ask what comes of it: dry runs, their
 * explanations, and tests. Nothing is written.
 */
public final class Rehearsal {
  private final FleetSource fleet;
  private final List<Artifact> rules;
  private final List<Artifact> others;

  /**
   * Rules for a fleet.
   *
   * @param fleet the fleet
   * @param rules the rules to run beside those of the fleet's table; one of the same name replaces
   *     the fleet's definition
   */
  public Rehearsal(FleetSource fleet, List<Artifact> rules) {
    this(fleet, rules, List.of());
  }

  /**
   * The same, where rules take the places that other versions of them have in the fleet's table,
   * with those of their parameters there that they have, too.
   *
   * @param others the other versions, in the order of the rules; those with another name do not run
   */
  public Rehearsal(FleetSource fleet, List<Artifact> rules, List<Artifact> others) {
    this.fleet = fleet;
    this.rules = List.copyOf(rules);
    this.others = List.copyOf(others);
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
    for (String name : withoutQuery(world)) {
      String message =
          "the server event table lists this artifact, but it has no query that can run";
      world.model().quirks().warn("W-NO-QUERY", name, null, message);
    }
    world.table().install(table(world));
    world.turns().conduct(() -> new Player(world).play());
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
        .filter(name -> other(name) < 0 && world.repository().get(name) == null)
        .toList();
  }

  /** The rules that nothing can run of, such as those whose sources do not parse. */
  public List<String> withoutQuery(World world) {
    return table(world).keySet().stream()
        .filter(rule -> rule.sources().stream().allMatch(source -> source.query().isBlank()))
        .map(Artifact::name)
        .toList();
  }

  /** Which of the other versions has a name that no rule has; negative for none. */
  private int other(String name) {
    boolean runs = rules.stream().anyMatch(rule -> rule.name().equals(name));
    return runs ? -1 : others.stream().map(Artifact::name).toList().indexOf(name);
  }

  /** What runs in the place of a name in the table; null for nothing. */
  private Artifact inPlaceOf(String name, World world) {
    int other = other(name);
    if (other < 0) {
      return world.repository().get(name);
    }
    return other < rules.size() ? world.repository().get(rules.get(other).name()) : null;
  }

  /** What the table gives for a name, as far as the artifact in its place has such parameters. */
  private static Dict parameters(Dict table, String name, Artifact artifact) {
    Dict.Builder parameters = Specs.parameters(table, name).toBuilder();
    if (!artifact.name().equals(name)) {
      Set<String> known =
          artifact.parameters().stream().map(ArtifactParameter::name).collect(Collectors.toSet());
      Specs.parameters(table, name).shape().names().stream()
          .filter(given -> !known.contains(given))
          .forEach(parameters::remove);
    }
    return parameters.build();
  }

  private static Dict over(Dict under, Dict over) {
    Dict.Builder all = under.toBuilder();
    over.forEach(all::replace);
    return all.build();
  }

  /** The rules with their parameters: those of the table, then those named for this run. */
  private Map<Artifact, Dict> table(World world) {
    Map<Artifact, Dict> table = new LinkedHashMap<>();
    Dict given = fleet.serverTable();
    for (Object listed : listed()) {
      String name = String.valueOf(listed);
      Artifact artifact = inPlaceOf(name, world);
      if (artifact != null) {
        boolean own = artifact.name().equals(name);
        Dict parameters = parameters(given, name, artifact);
        table.merge(artifact, parameters, (a, b) -> own ? over(a, b) : over(b, a));
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
