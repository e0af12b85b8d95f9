package org.minivql.fleet.expect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.minivql.Program;
import org.minivql.RowHandler;
import org.minivql.StatementInfo;
import org.minivql.VqlSyntaxException;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.layout.FleetYaml;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.PathNames;
import org.minivql.fleet.layout.Same;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.play.Outcome;
import org.minivql.fleet.play.Rehearsal;
import org.minivql.fleet.play.RunningRule;
import org.minivql.fleet.play.World;
import org.minivql.fleet.source.Expectations;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** A fleet with expectations as a test. */
final class FleetCase {
  private final Path folder;
  private final String password;
  private final boolean update;

  FleetCase(Path folder, String password, boolean update) {
    this.folder = folder;
    this.password = password;
    this.update = update;
  }

  TestResult run() {
    List<String> failures = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    boolean updated = false;
    try (FleetDirectory fleet = new FleetDirectory(folder, password)) {
      Expectations expected = fleet.expectations();
      failures.addAll(play(fleet, expected));
      if (update && !failures.isEmpty()) {
        update(fleet, expected);
        updated = true;
        failures.clear();
        failures.addAll(play(fleet, fleet.expectations()));
      }
      warnings.addAll(fleet.problems());
    } catch (FleetException e) {
      failures.add(e.getMessage());
    }
    return new TestResult(folder.toString(), failures, updated, warnings);
  }

  /** What is not as expected, in the first order in which there is something. */
  private List<String> play(FleetDirectory fleet, Expectations expected) {
    List<String> failures = new ArrayList<>();
    FleetConfig.Order order = fleet.config().order();
    if (order != FleetConfig.Order.HANDLER_FIRST) {
      failures.addAll(play(fleet, expected, FleetConfig.Order.SERVICE_FIRST));
    }
    if (order != FleetConfig.Order.SERVICE_FIRST && failures.isEmpty()) {
      for (String failure : play(fleet, expected, FleetConfig.Order.HANDLER_FIRST)) {
        failures.add("with the rules before the server: " + failure);
      }
    }
    return failures;
  }

  private List<String> play(FleetDirectory fleet, Expectations expected, FleetConfig.Order order) {
    try (World world = world(fleet, expected, order)) {
      List<String> failures = new ArrayList<>(Checks.of(expected, outcome(fleet, expected, world)));
      idle(fleet, expected, world);
      for (Path program : fleet.programs()) {
        failures.addAll(program(program, world));
      }
      return failures;
    }
  }

  /** Tells of expectations that hold whatever happens, since what they are about does not exist. */
  private static void idle(FleetDirectory fleet, Expectations expected, World world) {
    Set<String> rules =
        world.table().all().stream().map(RunningRule::name).collect(Collectors.toSet());
    for (String rule : expected.rows().keySet()) {
      if (!rules.contains(rule)) {
        fleet.note(fleet.root().resolve("expect/rows") + ": no rule " + rule + " runs");
      }
    }
    for (String queue : expected.events().keySet()) {
      Artifact artifact = world.repository().ofResult(queue);
      if (artifact == null || !artifact.type().queue()) {
        fleet.note(fleet.root().resolve("expect/events") + ": there is no queue " + queue);
      }
    }
  }

  private static Outcome outcome(FleetDirectory fleet, Expectations expected, World world) {
    Plan plan = Rehearsal.report(world);
    boolean both = fleet.config().order() == FleetConfig.Order.BOTH && expected.plan() != null;
    return new Outcome(world, plan, both ? new Rehearsal(fleet, List.of()).plan() : plan);
  }

  private static World world(FleetDirectory fleet, Expectations expected, FleetConfig.Order order) {
    Rehearsal run = new Rehearsal(fleet, List.<Artifact>of());
    World world = run.open(order);
    boolean ready = false;
    try {
      expected.rows().keySet().forEach(world.recorder()::keepRows);
      expected.events().keySet().forEach(world.recorder()::keepEvents);
      run.run(world);
      ready = true;
      return world;
    } finally {
      if (!ready) {
        world.close();
      }
    }
  }

  /** Runs a program after the script and compares the rows of its last SELECT. */
  private List<String> program(Path file, World world) {
    Path wanted = rowsOf(file);
    if (!Files.isRegularFile(wanted)) {
      return List.of();
    }
    List<Dict> expected = new ArrayList<>();
    new JsonLines().read(wanted, (row, line) -> expected.add(row));
    List<String> lines = Difference.of(expected, rows(file, world), Same::values);
    return lines.isEmpty()
        ? List.of()
        : List.of("rows of " + file.getFileName() + ":\n  " + String.join("\n  ", lines));
  }

  private static Path rowsOf(Path program) {
    String name = program.getFileName().toString();
    return program.resolveSibling(name.substring(0, name.length() - 4) + ".rows.jsonl");
  }

  private static List<Dict> rows(Path file, World world) {
    Program program;
    try {
      program = world.engine().compile(FleetYaml.read(file));
    } catch (VqlSyntaxException e) {
      throw FleetException.in(file.toString(), e.getMessage());
    }
    List<Dict> rows = new ArrayList<>();
    program.run(
        world.options(),
        new RowHandler() {
          @Override
          public void begin(StatementInfo statement) {
            if (statement.yieldsRows()) {
              rows.clear();
            }
          }

          @Override
          public boolean row(Dict row) {
            return rows.add((Dict) Same.plain(row));
          }
        });
    return rows;
  }

  /** Rewrites the expectations that are there with what is true. */
  private void update(FleetDirectory fleet, Expectations expected) {
    FleetConfig.Order order = fleet.config().order();
    FleetConfig.Order played =
        order == FleetConfig.Order.BOTH ? FleetConfig.Order.SERVICE_FIRST : order;
    try (World world = world(fleet, expected, played)) {
      Outcome outcome = outcome(fleet, expected, world);
      Path expect = folder.resolve("expect");
      if (expected.labels() != null) {
        write(expect.resolve("labels.jsonl"), outcome.labels());
      }
      if (expected.metadata() != null) {
        write(expect.resolve("metadata.jsonl"), outcome.metadata());
      }
      if (expected.effects() != null) {
        write(expect.resolve("effects.jsonl"), outcome.effects());
      }
      if (expected.hunts() != null) {
        write(expect.resolve("hunts.jsonl"), HuntChecks.updated(expected.hunts(), world));
      }
      for (String rule : expected.rows().keySet()) {
        write(expect.resolve("rows").resolve(file(rule)), outcome.rows(rule));
      }
      for (String queue : expected.events().keySet()) {
        write(expect.resolve("events").resolve(file(queue)), outcome.events(queue));
      }
      for (Path program : fleet.programs()) {
        if (Files.isRegularFile(rowsOf(program))) {
          write(rowsOf(program), rows(program, world));
        }
      }
      if (expected.plan() != null) {
        Dict plan = outcome.plan();
        Dict.Builder members = Dict.builder();
        expected.plan().shape().names().stream()
            .filter(plan::has)
            .forEach(name -> members.set(name, plan.get(name)));
        write(folder.resolve("plan.json"), Json.indented(members.build()) + "\n");
      }
    }
  }

  private static String file(String name) {
    return PathNames.encode(name) + ".jsonl";
  }

  private static void write(Path file, List<Dict> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(Json.text(row)).append('\n'));
    write(file, text.toString());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw FleetException.in(file.toString(), "cannot be written: " + e.getMessage());
    }
  }
}
