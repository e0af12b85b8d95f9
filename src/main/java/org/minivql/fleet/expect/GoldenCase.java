package org.minivql.fleet.expect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.minivql.Execution;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.VqlSyntaxException;
import org.minivql.artifact.ArtifactCalls;
import org.minivql.artifact.Repository;
import org.minivql.builtin.testing.TestContext;
import org.minivql.fleet.layout.FleetYaml;
import org.minivql.fleet.play.Catalogue;
import org.minivql.fleet.play.EffectLog;
import org.minivql.fleet.play.World;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.Json;
import org.minivql.registry.ServerModel;
import org.minivql.spi.Mocks;
import org.minivql.value.Dict;

/**
 * Queries in one file and their output in another: {@code Queries}, a list of texts that run in one
 * scope, and {@code Parameters}, text variables. Functions, plugins and artifacts can be mocked.
 */
final class GoldenCase {
  // Tests of this kind stand still at this time.
  private static final Instant NOW = Instant.ofEpochSecond(1_590_938_885L, 10);

  private static final List<String> MEMBERS = List.of("Parameters", "Queries");

  private final Path in;
  private final boolean update;

  GoldenCase(Path in, boolean update) {
    this.in = in;
    this.update = update;
  }

  TestResult run() {
    String name = in.getFileName().toString();
    Path out = in.resolveSibling(name.replace(".in.yaml", ".out.yaml"));
    List<String> failures = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    boolean updated = false;
    try {
      Dict given = new FleetYaml(in).dict();
      given.memberNames().stream()
          .filter(member -> !MEMBERS.contains(member))
          .forEach(member -> warnings.add(in + ": " + member + " is not supported, ignored"));
      String actual = output(given);
      String expected = Files.isRegularFile(out) ? FleetYaml.read(out) : "";
      if (!actual.equals(expected)) {
        if (update) {
          Files.writeString(out, actual);
          updated = true;
        } else {
          failures.add(out.getFileName() + ":\n  " + difference(expected, actual));
        }
      }
    } catch (FleetException e) {
      failures.add(e.getMessage());
    } catch (IOException e) {
      failures.add(out + ": cannot be written: " + e.getMessage());
    }
    return new TestResult(in.toString(), failures, updated, warnings);
  }

  private static String difference(String expected, String actual) {
    return String.join(
        "\n  ",
        Difference.of(lines(expected), lines(actual), Dict::equals).stream()
            .map(line -> line.substring(0, 2) + text(line.substring(2)))
            .toList());
  }

  private static List<Dict> lines(String text) {
    return text.lines().map(line -> Dict.of("line", line)).toList();
  }

  private static String text(String json) {
    try {
      return Json.parse(json) instanceof Dict dict ? (String) dict.get("line") : json;
    } catch (org.minivql.format.FormatException e) {
      return json;
    }
  }

  private String output(Dict file) {
    TestContext test = new TestContext(NOW);
    Clock clock = test.clock();
    Repository repository = Repository.standard();
    Vql engine =
        Vql.builder()
            .clock(clock)
            .namespace(new ArtifactCalls(scope -> scope.service(Repository.class)))
            .service(Repository.class, repository)
            .service(
                ServerModel.class,
                ServerModel.builder(clock).artifacts(new Catalogue(repository)).build())
            .service(org.minivql.spi.Effects.class, new EffectLog())
            .build();
    Dict parameters = file.get("Parameters") instanceof Dict given ? given : Dict.EMPTY;
    QueryOptions options =
        QueryOptions.defaults()
            .withEnv(World.texts(parameters).toMap())
            .withService(Mocks.class, test)
            .withService(TestContext.class, test)
            .withLog(line -> test.log(line.text()));
    StringBuilder out = new StringBuilder();
    try (Execution run = engine.session(options)) {
      for (String query : Checks.texts(file, "Queries")) {
        List<Dict> rows = new ArrayList<>();
        run.run(engine.compile(query), rows::add);
        out.append("Query: ").append(query.replaceAll("\\s+", " ").strip()).append('\n');
        String shown = rows.isEmpty() ? "[]" : Json.indented(rows);
        out.append("Output: ").append(shown).append("\n\n");
      }
    } catch (VqlSyntaxException e) {
      throw FleetException.in(in.toString(), e.getMessage());
    }
    return out.toString();
  }
}
