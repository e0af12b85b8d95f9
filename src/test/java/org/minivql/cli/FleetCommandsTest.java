package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetCommandsTest {
  private static final String RULE =
      """
      name: Custom.Test.Linux
      type: SERVER_EVENT
      sources:
        - query: |
            SELECT label(client_id=ClientId, labels="Tux", op="set") AS Done
            FROM foreach(
              row={ SELECT * FROM watch_monitoring(artifact="System.Flow.Completion") },
              query={ SELECT *, ClientId FROM source(client_id=ClientId, flow_id=FlowId,
                                           artifact="Custom.Test.Os") WHERE OS = "linux" })
      """;

  @TempDir Path directory;

  @BeforeEach
  void fleet() throws IOException {
    write("fleet/fleet.yaml", "clock_start: 2026-01-01T00:00:00Z\n");
    write(
        "fleet/clients.jsonl",
        """
        {"client_id":"C.0000000000000001","hostname":"one"}
        {"client_id":"C.0000000000000002","hostname":"two"}
        """);
    write(
        "fleet/artifacts/os.yaml",
        "name: Custom.Test.Os\nsources:\n  - query: SELECT OS FROM info()\n");
    flow("C.0000000000000001", "linux");
    flow("C.0000000000000002", "windows");
    write("rule.yaml", RULE);
  }

  private void flow(String client, String os) throws IOException {
    String folder = "fleet/flows/" + client + "/F.1/";
    write(
        folder + "context.json",
        "{\"client_id\":\""
            + client
            + "\",\"session_id\":\"F.1\",\"request\":{\"artifacts\":[\"Custom.Test.Os\"]},"
            + "\"state\":\"FINISHED\"}");
    write(folder + "results/Custom.Test.Os.jsonl", "{\"OS\":\"" + os + "\"}\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Run run(String... words) {
    return Run.in(directory, "", words);
  }

  @Test
  void aPlanShowsEachChangeWithItsRule() {
    Run run = run("plan", "rule.yaml", "--fleet", "fleet");

    assertThat(run.status()).isZero();
    assertThat(run.out().lines().filter(line -> line.contains("+Tux")).toList())
        .first()
        .asString()
        .contains("C.0000000000000001")
        .contains("Custom.Test.Linux")
        .contains("System.Flow.Completion");
    assertThat(run.out()).contains("1 of 2 clients");
  }

  @Test
  void aPlanIsAnObjectForPrograms() {
    Run run = run("plan", "rule.yaml", "--fleet", "fleet", "--format", "json");

    assertThat(run.out()).startsWith("{\n").contains("\"added\": [\n    \"Tux\"\n   ]");
  }

  @Test
  void aProgramSeesWhatHappensInTheFleet() throws IOException {
    write(
        "p.vql",
        "SELECT ClientId FROM watch_monitoring(artifact='System.Flow.Completion') LET X = 1");

    assertThat(run("run", "p.vql", "--fleet", "fleet", "--format", "jsonl"))
        .isEqualTo(
            new Run(
                0,
                "{\"ClientId\":\"C.0000000000000001\"}\n{\"ClientId\":\"C.0000000000000002\"}\n",
                ""));
  }

  @Test
  void aProgramThatDoesNotListenRunsOnTheFleet() throws IOException {
    write("p.vql", "SELECT client_id FROM clients() LIMIT 1");

    assertThat(run("run", "p.vql", "--fleet", "fleet", "--format", "jsonl").out())
        .isEqualTo("{\"client_id\":\"C.0000000000000001\"}\n");
  }

  @Test
  void aRuleRunsLikeAProgram() {
    assertThat(run("run", "rule.yaml", "--fleet", "fleet", "--format", "jsonl").out())
        .contains("\"Labels\":[\"Tux\"]");
  }

  @Test
  void aDamagedFleetIsRefusedWithThePlace() throws IOException {
    write("fleet/clients.jsonl", "{\"client_id\":\"C.0000000000000001\"}\n{\"client_id\":}\n");

    Run run = run("plan", "rule.yaml", "--fleet", "fleet");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("clients.jsonl:2:").contains("{\"client_id\":}\n");
  }

  @Test
  void whatIsMissingIsOneSentence() {
    assertThat(run("plan", "rule.yaml").err()).isEqualTo("vql: --fleet DIR is missing\n");
    assertThat(run("plan", "none.yaml", "--fleet", "fleet").err())
        .isEqualTo("vql: cannot read none.yaml: no such file\n");
    assertThat(run("plan", "rule.yaml", "--fleet", "none").err())
        .isEqualTo("vql: cannot read none: no such directory\n");
  }
}
