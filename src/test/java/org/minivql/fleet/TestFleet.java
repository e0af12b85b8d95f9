package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.play.Outcome;
import org.minivql.fleet.play.Rehearsal;
import org.minivql.fleet.play.World;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.format.Json;
import org.minivql.registry.event.Quirks;
import org.minivql.value.Dict;

/** A small fleet that is written for one test, played once, and asked what came of it. */
public final class TestFleet {
  private final Path root;
  private final List<String> rules = new ArrayList<>();
  private final StringBuilder clients = new StringBuilder();
  private final StringBuilder script = new StringBuilder();
  private String settings = "";
  private long start = 1_600_000_000;

  public TestFleet(Path root) {
    this.root = root;
  }

  /** Where it is. */
  Path root() {
    return root;
  }

  /** When its clock begins, in seconds. */
  TestFleet start(long seconds) {
    start = seconds;
    return this;
  }

  /** Further lines of fleet.yaml. */
  TestFleet settings(String lines) {
    settings += lines;
    return this;
  }

  TestFleet file(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A client with more members of its record, as in {@code "hostname":"a"}. */
  TestFleet client(String id, String... members) {
    clients.append("{\"client_id\":\"").append(id).append('"');
    for (String member : members) {
      clients.append(',').append(member);
    }
    clients.append("}\n");
    return this;
  }

  /** A step of the script, as in {@code "do":"enrol","client":"C.1"}. */
  public TestFleet step(String members) {
    script.append('{').append(members).append("}\n");
    return this;
  }

  /** A step for each number from 1, which stands for {@code $}. */
  TestFleet steps(int times, String members) {
    for (int i = 1; i <= times; i++) {
      step(members.replace("$", String.valueOf(i)));
    }
    return this;
  }

  public TestFleet artifact(String name, String yaml) {
    return file("artifacts/" + name + ".yaml", "name: " + name + "\n" + yaml);
  }

  /** A rule of the server event table, with further lines of its definition. */
  public TestFleet rule(String name, String query, String... lines) {
    rules.add(name);
    return artifact(
        name,
        "type: SERVER_EVENT\n"
            + String.join("", lines)
            + "sources:\n  - query: |\n"
            + query.indent(6));
  }

  /** A finished flow with the rows of one result set. */
  TestFleet flow(String client, String flow, String result, String... rows) {
    String folder = "flows/" + client + "/" + flow + "/";
    file(folder + "context.json", "{\"state\":\"FINISHED\"}");
    return file(
        folder + "results/" + result.replace("/", "%2F") + ".jsonl", String.join("\n", rows));
  }

  /** An archive of members and texts in turn. */
  TestFleet archive(String name, String... members) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(root.resolve(name)))) {
      for (int i = 0; i < members.length; i += 2) {
        out.putNextEntry(new ZipEntry(members[i]));
        out.write(members[i + 1].getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes what is not written yet. */
  FleetDirectory open() {
    file("fleet.yaml", "clock_start: " + start + "\n" + settings);
    file("clients.jsonl", clients.toString());
    if (script.length() > 0) {
      file("script.jsonl", script.toString());
    }
    file("tables/server.yaml", "artifacts: [" + String.join(", ", rules) + "]\n");
    return new FleetDirectory(root);
  }

  /** Plays it; the rows of all rules and the events of some queues are kept. */
  public Played play(String... queues) {
    FleetDirectory fleet = open();
    Rehearsal run = new Rehearsal(fleet, List.of());
    FleetConfig.Order order = fleet.config().order();
    try (World world = run.open(order)) {
      rules.forEach(world.recorder()::keepRows);
      List.of(queues).forEach(world.recorder()::keepEvents);
      run.run(world);
      Plan plan = Rehearsal.report(world);
      Outcome outcome = new Outcome(world, plan);
      Map<String, List<String>> rows = new LinkedHashMap<>();
      rules.forEach(rule -> rows.put(rule, json(outcome.rows(rule))));
      Map<String, List<String>> events = new LinkedHashMap<>();
      List.of(queues).forEach(queue -> events.put(queue, json(outcome.events(queue))));
      return new Played(plan, rows, events, json(outcome.labels()));
    }
  }

  private static List<String> json(List<Dict> rows) {
    return rows.stream().map(Json::text).toList();
  }

  /**
   * What came of it.
   *
   * @param rows the rows of each rule as JSON
   * @param events the events of each queue as JSON
   * @param labels the clients with labels as JSON
   */
  public record Played(
      Plan plan,
      Map<String, List<String>> rows,
      Map<String, List<String>> events,
      List<String> labels) {

    /** The warnings with this id. */
    List<Quirks.Warning> warnings(String id) {
      return plan.warnings().stream().filter(w -> w.id().equals(id)).toList();
    }

    /** There is one warning of this id, with a rule (or null) and a count. */
    void warned(String id, String rule, long count) {
      assertThat(warnings(id)).as("all: %s", plan.warnings()).hasSize(1);
      Quirks.Warning warning = warnings(id).get(0);
      assertThat(warning.rule()).isEqualTo(rule);
      assertThat(warning.count()).as(warning.toString()).isEqualTo(count);
      assertThat(warning.message()).isNotBlank();
    }

    /** The rows of the only rule. */
    public List<String> rowsOf(String rule) {
      return rows.get(rule);
    }

    /** The log of all rules. */
    List<String> log() {
      return plan.rules().stream().flatMap(rule -> rule.log().stream()).toList();
    }
  }
}
