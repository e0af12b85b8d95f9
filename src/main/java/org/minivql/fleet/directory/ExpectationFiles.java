package org.minivql.fleet.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.fleet.layout.FleetYaml;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.source.Expectations;
import org.minivql.value.Dict;

/** Reads what a fleet directory states of the end of a run. */
final class ExpectationFiles {
  private ExpectationFiles() {}

  /**
   * What is stated.
   *
   * @param folder where each kind has its file
   * @param plan the file with members of the plan
   */
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
