package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.fleet.layout.Same;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.plan.PlanJson;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.value.Dict;

/** What is true at the end of a run, in the form in which it is expected. */
public final class Outcome {
  private final World world;
  private final Plan plan;
  private final Plan shown;

  public Outcome(World world, Plan plan) {
    this(world, plan, plan);
  }

  /**
   * The outcome of one order.
   *
   * @param shown the plan that {@code vql plan} shows: where a fleet asks for both orders, that of
   *     both
   */
  public Outcome(World world, Plan plan, Plan shown) {
    this.world = world;
    this.plan = plan;
    this.shown = shown;
  }

  /** The clients with labels, by id. */
  public List<Dict> labels() {
    List<Dict> rows = new ArrayList<>();
    world
        .model()
        .clients()
        .each(
            record -> {
              if (!record.labels().isEmpty()) {
                rows.add(
                    Dict.of(
                        "client_id",
                        record.clientId(),
                        "labels",
                        List.<Object>copyOf(record.labels())));
              }
              return true;
            });
    return rows;
  }

  /** The clients and the server with metadata, by id. */
  public List<Dict> metadata() {
    ServerModel model = world.model();
    Map<String, Dict> all = new TreeMap<>();
    model
        .clients()
        .each(
            record -> {
              Dict metadata = model.metadata().get(record.clientId());
              if (metadata.size() > 0) {
                all.put(record.clientId(), metadata);
              }
              return true;
            });
    Dict server = model.metadata().get(ClientRecord.SERVER);
    if (server.size() > 0) {
      all.put(ClientRecord.SERVER, server);
    }
    List<Dict> rows = new ArrayList<>();
    all.forEach((id, metadata) -> rows.add(Dict.of("client_id", id, "metadata", metadata)));
    return rows;
  }

  /** The rows of a rule. */
  public List<Dict> rows(String rule) {
    return world.recorder().rows(rule).stream().map(Outcome::bare).toList();
  }

  /** The events of a queue. */
  public List<Dict> events(String queue) {
    return world.recorder().events(queue).stream().map(Outcome::bare).toList();
  }

  private static Dict bare(Dict row) {
    return (Dict) Same.plain(row.toBuilder().remove("_ts").remove("_Source").build());
  }

  /** The effects that were recorded. */
  public List<Dict> effects() {
    return world.effects().effects().stream().map(effect -> (Dict) Same.plain(effect)).toList();
  }

  /** The log lines of all rules. */
  public List<String> logs() {
    List<String> lines = new ArrayList<>();
    plan.rules().forEach(rule -> lines.addAll(rule.log()));
    return lines;
  }

  /** The ids of the warnings. */
  public List<String> warnings() {
    return plan.warnings().stream().map(warning -> warning.id()).distinct().toList();
  }

  /** The plan as JSON shows it. */
  public Dict plan() {
    return (Dict) Same.plain(PlanJson.dict(shown));
  }

  public World world() {
    return world;
  }
}
