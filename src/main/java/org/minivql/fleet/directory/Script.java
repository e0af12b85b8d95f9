package org.minivql.fleet.directory;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.Step;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** The steps of a script file. */
final class Script {
  private final Path file;
  private final JsonLines json;
  private final Consumer<String> problems;

  /**
   * A script.
   *
   * @param problems is told of what steps have that nothing reads
   */
  Script(Path file, JsonLines json, Consumer<String> problems) {
    this.file = file;
    this.json = json;
    this.problems = problems;
  }

  void read(Consumer<Step> out) {
    json.read(
        file,
        (row, line) -> {
          out.accept(step(row, line));
          return true;
        });
  }

  private Step step(Dict row, int line) {
    String place = file + ":" + line;
    if (!(row.get("do") instanceof String action) || !Step.ACTIONS.contains(action)) {
      throw new FleetException(
          place
              + ":1: \"do\" says what happens, one of "
              + String.join(", ", Step.ACTIONS)
              + "; found "
              + (row.get("do") == null ? "nothing" : row.get("do"))
              + "\n"
              + Json.text(row));
    }
    Step step = new Step(action, row, place);
    step.check();
    for (String name : step.unknown()) {
      problems.accept(place + ":1: step " + action + " has no " + Json.text(name) + ", ignored");
    }
    return step;
  }
}
