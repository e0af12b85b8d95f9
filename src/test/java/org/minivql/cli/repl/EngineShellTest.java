package org.minivql.cli.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.Repository;
import org.minivql.spi.Arg;
import org.minivql.spi.HostCatalog;
import org.minivql.spi.Parameter;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;

/** The shell in an application with an engine of its own. */
class EngineShellTest {
  private final EngineShell shell =
      new EngineShell(
          Vql.builder().catalog(HostCatalog.create().declarations(Own.class)).build(),
          QueryOptions.defaults(),
          Map.of("Given", 7),
          EngineShellTest::artifacts);

  private static Repository artifacts() {
    Repository repository = Repository.standard();
    repository.define(
        Artifact.parse(
            "name: Custom.Own\ndescription: The own.\nparameters:\n- name: First\n"
                + "sources:\n- query: SELECT 1 AS Col, 2 AS Other FROM scope()\n"));
    return repository;
  }

  static final class Own {
    private Own() {}

    @VqlFunction(name = "double", doc = "Twice the number.")
    static Object twice(@Arg(value = "The number.", name = "n", required = true) long n) {
      return n * 2;
    }
  }

  /** Keeps what a text gave. */
  private static final class Kept implements Shell.Output {
    final List<Dict> rows = new ArrayList<>();
    final List<String> log = new ArrayList<>();

    @Override
    public void begin() {
      // Rows are kept together.
    }

    @Override
    public boolean row(Dict row) {
      rows.add(row);
      return true;
    }

    @Override
    public void end() {
      // Rows are kept together.
    }

    @Override
    public void log(String line) {
      log.add(line);
    }
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private Kept run(String text) {
    Kept kept = new Kept();
    shell.run(text, kept);
    return kept;
  }

  @Test
  void anApplicationEmbedsItWithItsOwnFunctions() throws IOException {
    String typed = "SELECT double(n=Given) AS D FROM scope()\n.doc double\n";
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (Terminal terminal =
        new DumbTerminal(
            "test",
            "dumb",
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            shown,
            StandardCharsets.UTF_8)) {
      terminal.setSize(Size.of(60, 20));
      new Repl(shell, terminal, null, Path.of("")).run();
    }

    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("14").contains("Twice the number.");
    assertThat(shell.vocabulary().functions()).contains("double");
  }

  @Test
  void definitionsStayFromTextToText() {
    run("LET X = SELECT _value AS V, 1 AS W FROM range(end=3)");

    assertThat(run("SELECT V FROM X").rows).hasSize(3);
    assertThat(shell.vocabulary().variables()).contains("X", "Given");
    assertThat(shell.vocabulary().columns("X")).containsExactly("V", "W");
    run("LET Y = SELECT *, 2 AS Z FROM X");
    assertThat(shell.vocabulary().columns("Y")).containsExactly("V", "W", "Z");
  }

  @Test
  void artifactsAreKnownWithParametersAndColumns() {
    Vocabulary vocabulary = shell.vocabulary();

    assertThat(vocabulary.artifacts()).contains("Windows.Sys.Users", "Custom.Own");
    assertThat(vocabulary.plugin("Artifact.Custom.Own").parameters())
        .extracting(Parameter::name)
        .containsExactly("First");
    assertThat(vocabulary.columns("Artifact.Custom.Own")).containsExactly("Col", "Other");
    assertThat(vocabulary.plugin("Artifact.Missing")).isNull();
    String text = "SELECT * FROM Artifact.Custom.Own(";
    assertThat(Suggestions.at(vocabulary, text, text.length()))
        .extracting(Suggestion::text)
        .startsWith("First=");
  }

  @Test
  void onAFleetEventsHappenWhileATextListens() throws IOException {
    run("LET Os(c) = SELECT os_info.system AS S FROM clients(client_id=c)");
    shell.fleet(Path.of("queries/fleets/label-servers"));

    assertThat(run("SELECT client_id FROM clients()").rows).hasSize(15);
    Kept events =
        run(
            "SELECT ClientId, { SELECT S FROM Os(c=ClientId) } AS S"
                + " FROM watch_monitoring(artifact='System.Flow.Completion') LIMIT 5");
    assertThat(events.rows).hasSize(5).allMatch(row -> row.get("S") != null);

    shell.fleet(null);
    assertThat(run("SELECT Given FROM scope()").rows).hasSize(1);
    assertThatThrownBy(() -> shell.fleet(Path.of("queries/missing")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void onAFleetItTellsWhatAnAuthorMayNotExpect(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("fleet.yaml"), "clock_start: 2026-01-01T00:00:00Z\n");
    Files.writeString(folder.resolve("clients.jsonl"), "{\"client_id\":\"C.1\"}\n");
    Files.writeString(folder.resolve("odd.txt"), "");
    shell.fleet(folder);
    String twice =
        "SELECT label(client_id='C.1', labels='A', op='Set'),"
            + " label(client_id='C.1', labels='B', op='Set') FROM scope()";
    String odd = "WARN:" + folder.resolve("odd.txt") + ": not part of a fleet, ignored";

    assertThat(run(twice).log)
        .hasSize(2)
        .anyMatch(line -> line.startsWith("WARN:Q-12 (2 times"))
        .contains(odd);
    run("LET Once <= label(client_id='C.1', labels='A', op='Set')");
    assertThat(run("SELECT Once FROM scope()").log).isEmpty();
  }

  @Test
  void plansAreShown() {
    assertThat(shell.explain("SELECT * FROM range(end=3)", 0, new Kept()))
        .contains("1. SELECT * FROM range(end=3)")
        .contains("   FROM range(end=3)");
  }
}
