package org.minivql.fleet.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.minivql.fleet.layout.FleetYaml;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.source.Expectations;
import org.minivql.fleet.source.FleetException;
import org.minivql.value.Dict;

/** Reads what a fleet directory states of the end of a run. */
final class ExpectationFiles {
  private static final List<String> LOGS = List.of("must_match", "must_not_match", "warnings");

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
        Files.isRegularFile(logs) ? logs(logs) : null,
        Files.isRegularFile(plan) ? json.file(plan) : null);
  }

  /** What is not known here is misspelt, and would be no expectation at all. */
  private static Dict logs(Path file) {
    Dict logs = new FleetYaml(file).dict();
    for (String name : logs.memberNames()) {
      if (!LOGS.contains(name)) {
        throw FleetException.in(
            file.toString(),
            "there is no expectation " + name + ", only " + String.join(", ", LOGS));
      }
    }
    for (String name : LOGS.subList(0, 2)) {
      patterns(file, logs.get(name));
    }
    return logs;
  }

  private static void patterns(Path file, Object given) {
    for (Object pattern : given instanceof List<?> list ? list : List.of()) {
      try {
        Pattern.compile(String.valueOf(pattern));
      } catch (PatternSyntaxException e) {
        throw FleetException.in(file.toString(), "not a pattern: " + pattern);
      }
    }
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
