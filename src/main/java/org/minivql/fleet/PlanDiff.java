package org.minivql.fleet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.play.Rehearsal;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetSource;
import org.minivql.fleet.text.Shown;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/**
 * The clients for which two versions of rules have different outcomes.
 *
 * @since 0.1.0
 */
public final class PlanDiff {
  private PlanDiff() {}

  /**
   * A client with different outcomes.
   *
   * @param clientId the client
   * @param hostname its name, or empty
   * @param before what the old rules make of it, one text an outcome; in a fleet with both orders
   *     one that only one of them has ends in the order
   * @param after what the new rules make of it
   */
  public record Row(String clientId, String hostname, List<String> before, List<String> after) {
    /** Takes copies of the lists. */
    public Row {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /**
   * Plans both and compares.
   *
   * @param fleet the fleet
   * @param before the old rules
   * @param after the new ones, each in the place of the old one of the same number: the table may
   *     list either
   * @return the clients that differ, by id
   */
  public static List<Row> of(FleetSource fleet, List<Artifact> before, List<Artifact> after) {
    Map<String, String> hosts = new HashMap<>();
    Map<String, List<String>> a = outcomes(fleet, new Rehearsal(fleet, before, after), hosts);
    Map<String, List<String>> b = outcomes(fleet, new Rehearsal(fleet, after, before), hosts);
    Set<String> ids = new TreeSet<>(a.keySet());
    ids.addAll(b.keySet());
    List<Row> rows = new ArrayList<>();
    for (String id : ids) {
      List<String> was = a.getOrDefault(id, List.of());
      List<String> is = b.getOrDefault(id, List.of());
      if (!was.equals(is)) {
        rows.add(new Row(id, hosts.getOrDefault(id, ""), was, is));
      }
    }
    return rows;
  }

  /** The outcomes of a run; where the fleet has both orders, one of only one order names it. */
  private static Map<String, List<String>> outcomes(
      FleetSource fleet, Rehearsal run, Map<String, String> hosts) {
    FleetConfig.Order order = fleet.config().order();
    if (order != FleetConfig.Order.BOTH) {
      Plan plan = run.plan();
      hosts.putAll(plan.hosts());
      return plan.outcomes();
    }
    Plan first = run.plan(FleetConfig.Order.SERVICE_FIRST);
    Plan second = run.plan(FleetConfig.Order.HANDLER_FIRST);
    hosts.putAll(second.hosts());
    hosts.putAll(first.hosts());
    Map<String, List<String>> a = first.outcomes();
    Map<String, List<String>> b = second.outcomes();
    Map<String, List<String>> all = new TreeMap<>();
    a.forEach((id, list) -> mark(all, id, list, b.get(id), " (service_first)"));
    b.forEach(
        (id, list) -> {
          List<String> others = new ArrayList<>(list);
          others.removeAll(a.getOrDefault(id, List.of()));
          mark(all, id, others, List.of(), " (handler_first)");
        });
    return all;
  }

  private static void mark(
      Map<String, List<String>> all,
      String id,
      List<String> outcomes,
      List<String> others,
      String order) {
    for (String outcome : outcomes) {
      boolean both = others != null && others.contains(outcome);
      add(all, id, both ? outcome : outcome + order);
    }
  }

  private static void add(Map<String, List<String>> outcomes, String client, String what) {
    outcomes.computeIfAbsent(client, id -> new ArrayList<>()).add(what);
  }

  /** Writes the rows for people. */
  public static void write(List<Row> rows, Appendable out) throws IOException {
    for (Row row : rows) {
      out.append(row.clientId());
      out.append(row.hostname().isEmpty() ? "" : " (" + row.hostname() + ")").append('\n');
      out.append("  old: ").append(shown(row.before())).append('\n');
      out.append("  new: ").append(shown(row.after())).append('\n');
    }
    out.append(String.valueOf(rows.size()));
    out.append(rows.size() == 1 ? " client differs\n" : " clients differ\n");
  }

  private static String shown(List<String> outcomes) {
    return outcomes.isEmpty()
        ? "unchanged"
        : String.join(", ", outcomes.stream().map(Shown::text).toList());
  }

  /** The rows as JSON: {@code clients}, each with {@code client_id, hostname, old, new}. */
  public static String json(List<Row> rows) {
    List<Dict> clients =
        rows.stream()
            .map(
                row ->
                    Dict.of(
                        "client_id",
                        row.clientId(),
                        "hostname",
                        row.hostname(),
                        "old",
                        row.before(),
                        "new",
                        row.after()))
            .toList();
    return Json.indented(Dict.of("clients", clients)) + "\n";
  }
}
