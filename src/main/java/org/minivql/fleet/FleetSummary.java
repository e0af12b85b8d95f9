package org.minivql.fleet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactType;
import org.minivql.artifact.Repository;
import org.minivql.fleet.source.Completions;
import org.minivql.fleet.source.FleetSource;
import org.minivql.fleet.text.Shown;
import org.minivql.format.Json;
import org.minivql.registry.EventTables;
import org.minivql.registry.EventTables.Listing;
import org.minivql.registry.client.ClientRecord;
import org.minivql.value.Dict;

/**
 * What there is in a fleet, in numbers.
 *
 * @since 0.1.0
 */
public final class FleetSummary {
  private static final String TABLES = "event_tables";
  private static final int MOST_CLIENTS = 10;

  private final FleetSource fleet;
  private final Map<String, Long> systems = new TreeMap<>();
  private final Map<String, Long> labels = new TreeMap<>();
  private final Map<String, Long> steps = new TreeMap<>();
  private final Map<String, Long> results = new TreeMap<>();
  private final Map<String, Long> queues = new TreeMap<>();
  private final Map<List<Listing>, List<String>> tables = new LinkedHashMap<>();
  private final Repository standard = Repository.standard();
  private final Map<String, Artifact> artifacts = new HashMap<>();
  private final Dict clientTable;
  private long clients;
  private long described;
  private long hunts;
  private long flows;

  private FleetSummary(FleetSource fleet) {
    this.fleet = fleet;
    this.clientTable = fleet.clientTable();
    fleet.artifacts().forEach(artifact -> artifacts.put(artifact.name(), artifact));
  }

  /**
   * Counts what is in a fleet: {@code name, clock_start, clients, systems, labels, flows, results,
   * artifacts, rules, event_tables, metadata, queues, hunts, steps}. The results are counted by
   * flows, the queues of stored events by those who have them.
   *
   * <p>{@code event_tables} are what runs on clients with the labels they have in the fleet, an
   * entry for all clients that have the same: {@code artifacts}, each with its {@code artifact},
   * the {@code label} of the group it comes from ({@code all} for everyone) and, where a server
   * leaves it out, {@code skipped}, the reason; and {@code clients}.
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
        "name",
        fleet.name(),
        "clock_start",
        fleet.config().clockStart().toString(),
        "clients",
        clients,
        "systems",
        Dict.of(systems),
        "labels",
        Dict.of(labels),
        "flows",
        flows,
        "results",
        Dict.of(results),
        "artifacts",
        fleet.artifacts().stream().map(Artifact::name).toList(),
        "rules",
        rules(fleet.serverTable()),
        TABLES,
        eventTables(),
        "metadata",
        described,
        "queues",
        Dict.of(queues),
        "hunts",
        hunts,
        "steps",
        Dict.of(steps));
  }

  private static List<?> rules(Dict table) {
    return table != null && table.get("artifacts") instanceof List<?> names ? names : List.of();
  }

  private List<Dict> eventTables() {
    List<Dict> shown = new ArrayList<>();
    tables.forEach(
        (listings, ids) ->
            shown.add(
                Dict.of(
                    "artifacts", listings.stream().map(this::listing).toList(), "clients", ids)));
    return shown;
  }

  private Dict listing(Listing listing) {
    Dict shown = Dict.of("artifact", listing.artifact(), "label", listing.label());
    String name = listing.artifact();
    Artifact artifact = artifacts.containsKey(name) ? artifacts.get(name) : standard.get(name);
    if (artifact == null) {
      return shown.with("skipped", "not defined");
    }
    return artifact.type() == ArtifactType.CLIENT_EVENT
        ? shown
        : shown.with("skipped", "not of type CLIENT_EVENT");
  }

  private void client(Dict record) {
    clients++;
    ClientRecord full = ClientRecord.of(record);
    tables
        .computeIfAbsent(
            EventTables.listings(clientTable, full::hasLabel), listings -> new ArrayList<>())
        .add(full.clientId());
    String system = record.get("system") instanceof String text ? text : "";
    systems.merge(system.isEmpty() ? "unknown" : system, 1L, Long::sum);
    if (record.get("labels") instanceof List<?> list) {
      list.forEach(label -> labels.merge(String.valueOf(label), 1L, Long::sum));
    }
  }

  private static String table(Dict table) {
    List<String> artifacts = new ArrayList<>();
    for (Object item : (List<?>) table.get("artifacts")) {
      Dict listing = (Dict) item;
      Object skipped = listing.get("skipped");
      artifacts.add(
          listing.get("artifact")
              + " ("
              + Shown.text(String.valueOf(listing.get("label")))
              + (skipped == null ? "" : "; skipped: " + skipped)
              + ")");
    }
    List<?> ids = (List<?>) table.get("clients");
    StringBuilder text = new StringBuilder();
    for (Object id : ids.subList(0, Math.min(ids.size(), MOST_CLIENTS))) {
      text.append(text.isEmpty() ? "" : ", ").append(id);
    }
    if (ids.size() > MOST_CLIENTS) {
      text.append(" and ").append(ids.size() - MOST_CLIENTS).append(" more");
    }
    return text.append(": ")
        .append(artifacts.isEmpty() ? "nothing" : String.join(", ", artifacts))
        .toString();
  }

  /** Writes a summary for people. */
  public static void write(Dict summary, Appendable out) throws IOException {
    for (Map.Entry<String, Object> entry : summary.entries()) {
      Object value = entry.getValue();
      if (entry.getKey().equals(TABLES)) {
        List<?> list = (List<?>) value;
        out.append(TABLES).append(list.isEmpty() ? ": none\n" : ":\n");
        for (Object table : list) {
          out.append("  ").append(table((Dict) table)).append('\n');
        }
      } else if (value instanceof Dict dict) {
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
