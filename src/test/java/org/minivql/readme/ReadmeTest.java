package org.minivql.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.minivql.Program;
import org.minivql.QueryOptions;
import org.minivql.Rows;
import org.minivql.Vql;
import org.minivql.artifact.Artifact;
import org.minivql.cli.repl.EngineShell;
import org.minivql.cli.repl.Repl;
import org.minivql.fleet.DryRun;
import org.minivql.fleet.Fleets;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.source.FleetSource;
import org.minivql.spi.Arg;
import org.minivql.spi.HostCatalog;
import org.minivql.spi.VqlFunction;

/** The Java of the README compiles, runs, and stands there as it stands here. */
class ReadmeTest {
  private final List<Object> printed = new ArrayList<>();

  private static String normal(String text) {
    return text.replace("printed.add(", "System.out.println(")
        .replace("typed()", "TerminalBuilder.terminal()")
        .replace("static final class", "final class")
        .replaceAll("\\s+", " ");
  }

  private static void standsInReadme(String method) throws IOException {
    String source = Files.readString(Path.of("src/test/java/org/minivql/readme/ReadmeTest.java"));
    String marker = "// " + method;
    int from = source.indexOf(marker + " begin\n");
    String code = source.substring(source.indexOf('\n', from) + 1, source.indexOf(marker + " end"));
    assertThat(normal(Files.readString(Path.of("README.md")))).contains(normal(code).strip());
  }

  @Test
  void runsAProgram() throws IOException {
    standsInReadme("program");
    // program begin
    Vql vql = Vql.builder().build();
    Program program = vql.compile("SELECT _value * Factor AS V FROM range(end=3)");
    try (Rows rows = program.rows(QueryOptions.defaults().withEnv(Map.of("Factor", 10)))) {
      rows.stream().forEach(row -> printed.add(row.get("V")));
    }
    // program end
    assertThat(printed).containsExactly(0L, 10L, 20L);
  }

  @Test
  void playsARule() throws IOException {
    standsInReadme("dry run");
    // dry run begin
    try (FleetSource fleet = Fleets.open(Path.of("queries/fleets/label-servers"))) {
      Artifact rule =
          Fleets.artifact(Path.of("queries/artifacts/Custom.Automation.LabelServers.yaml"));
      Plan plan = new DryRun(fleet, List.of(rule)).plan();
      plan.clients().forEach(client -> printed.add(client.clientId() + " " + client.after()));
    }
    // dry run end
    assertThat(printed).hasSize(6).contains("C.0a1f6c2e9b7d4431 [Server]");
  }

  // function begin
  static final class MyFunctions {
    @VqlFunction(name = "double", doc = "Twice the number.", examples = "double(n=4) => 8")
    static Object twice(@Arg(value = "The number.", name = "n", required = true) long n) {
      return n * 2;
    }
  }

  // function end

  @Test
  void addsAFunction() throws IOException {
    standsInReadme("function");
    standsInReadme("engine");
    // engine begin
    Vql vql = Vql.builder().catalog(HostCatalog.create().declarations(MyFunctions.class)).build();
    // engine end
    vql.compile("SELECT double(n=21) AS V FROM scope()")
        .run(QueryOptions.defaults(), row -> printed.add(row.get("V")));
    assertThat(printed).containsExactly(42L);
  }

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  /** A terminal on which a query was typed. */
  private Terminal typed() throws IOException {
    byte[] text = "SELECT 6 * 7 AS Answer FROM scope()\n".getBytes(StandardCharsets.UTF_8);
    return new DumbTerminal(
        "test", "dumb", new ByteArrayInputStream(text), shown, StandardCharsets.UTF_8);
  }

  @Test
  void opensAShell() throws IOException {
    standsInReadme("shell");
    Vql vql = Vql.builder().build();
    // shell begin
    try (Terminal terminal = typed();
        EngineShell shell = new EngineShell(vql, QueryOptions.defaults())) {
      new Repl(shell, terminal, null, Path.of("")).run();
    }
    // shell end
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("42");
  }

  @Test
  void everyBlockOfJavaIsHere() throws IOException {
    String here =
        normal(Files.readString(Path.of("src/test/java/org/minivql/readme/ReadmeTest.java")));
    List<Blocks.Block> blocks = Blocks.of(Path.of("README.md"));
    assertThat(blocks).filteredOn(block -> block.language().equals("java")).hasSizeGreaterThan(3);
    for (Blocks.Block block : blocks) {
      if (block.language().equals("java")) {
        assertThat(here).contains(normal(block.text()).strip());
      }
    }
  }
}
