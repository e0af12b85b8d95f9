package org.minivql.fleet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.artifact.Artifact;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/**
 * What there is in a fleet, in numbers.
 *
 * @since 0.1.0
 */
public final class FleetSummary {
  private final FleetSource fleet;
  private final Map<String, Long> systems = new TreeMap<>();
  private final Map<String, Long> labels = new TreeMap<>();
  private final Map<String, Long> steps = new TreeMap<>();
  private final Map<String, Long> results = new TreeMap<>();
  private final Map<String, Long> queues = new TreeMap<>();
  private long clients;
  private long described;
  private long hunts;
  private long flows;

  private FleetSummary(FleetSource fleet) {
    this.fleet = fleet;
  }

  /**
   * Counts what is in a fleet: {@code name, clock_start, clients, systems, labels, flows, results,
   * artifacts, rules, metadata, queues, hunts, steps}. The results are counted by flows, the queues
   * of stored events by those who have them.
   */
  public static Dict of(FleetSource fleet) {
    return new FleetSummary(fleet).count();
  }

  private Dict count() {
    fleet.clients(this::client);
    fleet.metadata(row -> described++);
    fleet.recorded().queues((client, queue) -> queues.merge(queue, 1L, Long::sum));
    fleet.hunts(hunt -> hunts++);
    Completions completions = fleet.completions();
    flows = completions.size();
    for (int i = 0; i < completions.size(); i++) {
      Completions.Entry entry = completions.get(i);
      Dict flow = fleet.recorded().flow(entry.clientId(), entry.flowId());
      if (flow.get("artifacts_with_results") instanceof List<?> names) {
        names.forEach(name -> results.merge(String.valueOf(name), 1L, Long::sum));
      }
    }
    fleet.script(step -> steps.merge(step.action(), 1L, Long::sum));
    return Dict.of(
        "name", fleet.name(),
        "clock_start", fleet.config().clockStart().toString(),
        "clients", clients,
        "systems", Dict.of(systems),
        "labels", Dict.of(labels),
        "flows", flows,
        "results", Dict.of(results),
        "artifacts", fleet.artifacts().stream().map(Artifact::name).toList(),
        "rules", rules(fleet.serverTable()),
        "metadata", described,
        "queues", Dict.of(queues),
        "hunts", hunts,
        "steps", Dict.of(steps));
  }

  private static List<?> rules(Dict table) {
    return table != null && table.get("artifacts") instanceof List<?> names ? names : List.of();
  }

  private void client(Dict record) {
    clients++;
    String system = record.get("system") instanceof String text ? text : "";
    systems.merge(system.isEmpty() ? "unknown" : system, 1L, Long::sum);
    if (record.get("labels") instanceof List<?> list) {
      list.forEach(label -> labels.merge(String.valueOf(label), 1L, Long::sum));
    }
  }

  /** Writes a summary for people. */
  public static void write(Dict summary, Appendable out) throws IOException {
    for (Map.Entry<String, Object> entry : summary.entries()) {
      Object value = entry.getValue();
      if (value instanceof Dict dict) {
        out.append(entry.getKey()).append(dict.size() == 0 ? ": none\n" : ":\n");
        for (Map.Entry<String, Object> line : dict.entries()) {
          out.append("  ").append(line.getKey()).append(": ");
          out.append(String.valueOf(line.getValue())).append('\n');
        }
      } else {
        out.append(entry.getKey()).append(": ");
        out.append(value instanceof String text ? text : Json.text(value)).append('\n');
      }
    }
  }
}
