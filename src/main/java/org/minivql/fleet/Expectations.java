package org.minivql.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.value.Dict;

/**
 * What must be true at the end of a run. A member that is null states nothing.
 *
 * @param labels {@code client_id}, {@code labels}
 * @param metadata {@code client_id}, {@code metadata}
 * @param hunts members of hunts
 * @param rows the rows of rules
 * @param events the events of queues
 * @param effects recorded effects
 * @param logs {@code must_match}, {@code must_not_match}, {@code warnings}
 * @param plan members of the plan
 * @since 0.1.0
 */
public record Expectations(
    List<Dict> labels,
    List<Dict> metadata,
    List<Dict> hunts,
    Map<String, List<Dict>> rows,
    Map<String, List<Dict>> events,
    List<Dict> effects,
    Dict logs,
    Dict plan) {
  /** Nothing is expected. */
  public static final Expectations NONE =
      new Expectations(null, null, null, Map.of(), Map.of(), null, null, null);

  /** Whether nothing is expected. */
  public boolean isEmpty() {
    return this.equals(NONE);
  }

  static Expectations read(Path folder, Path plan, JsonLines json) {
    Path logs = folder.resolve("logs.yaml");
    return new Expectations(
        rows(folder.resolve("labels.jsonl"), json),
        rows(folder.resolve("metadata.jsonl"), json),
        rows(folder.resolve("hunts.jsonl"), json),
        all(folder.resolve("rows"), json),
        all(folder.resolve("events"), json),
        rows(folder.resolve("effects.jsonl"), json),
        Files.isRegularFile(logs) ? new FleetYaml(logs).dict() : null,
        Files.isRegularFile(plan) ? json.file(plan) : null);
  }

  private static List<Dict> rows(Path file, JsonLines json) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    List<Dict> rows = new ArrayList<>();
    json.read(file, (row, line) -> rows.add(row));
    return rows;
  }

  private static Map<String, List<Dict>> all(Path folder, JsonLines json) {
    Map<String, List<Dict>> all = new LinkedHashMap<>();
    for (Path file : Folders.list(folder, name -> name.endsWith(".jsonl"))) {
      all.put(RecordedDirectory.resultName(file), rows(file, json));
    }
    return all;
  }
}
