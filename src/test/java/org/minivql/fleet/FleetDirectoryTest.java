package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactSource;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.Step;
import org.minivql.value.Dict;

class FleetDirectoryTest {
  @TempDir Path root;

  @BeforeEach
  void settings() throws IOException {
    write("fleet.yaml", "clock_start: 1600000000\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<Dict> clients() {
    List<Dict> clients = new ArrayList<>();
    new FleetDirectory(root).clients(clients::add);
    return clients;
  }

  @Test
  void theSampleFleetIsComplete() {
    FleetDirectory fleet = new FleetDirectory(Path.of("queries/fleets/label-servers"));
    List<Dict> clients = new ArrayList<>();
    fleet.clients(clients::add);

    assertThat(clients).hasSize(15);
    assertThat(fleet.problems()).isEmpty();
    assertThat(fleet.config().clockStart()).isEqualTo(Instant.parse("2026-03-02T06:00:00Z"));
    assertThat(fleet.artifacts())
        .extracting(Artifact::name)
        .containsExactly("Custom.Automation.LabelServers");
    assertThat(fleet.completions().size()).isEqualTo(16);
    assertThat(fleet.completions().get(0).flowId()).isEqualTo("F.C6M2A03");
    assertThat(fleet.serverTable().get("artifacts"))
        .isEqualTo(List.of("Custom.Automation.LabelServers"));
    assertThat(fleet.expectations().labels()).hasSize(7);
    assertThat(fleet.script(step -> {})).isFalse();
  }

  @Test
  void whatAFlowLeavesOutIsDerived() {
    FleetDirectory fleet = new FleetDirectory(Path.of("queries/fleets/label-servers"));

    Dict flow = fleet.recorded().flow("C.3b5d92a4c8e07f16", "F.C6M2A04");

    assertThat(flow.get("state")).isEqualTo("ERROR");
    assertThat(flow.get("artifacts_with_results"))
        .isEqualTo(List.of("Generic.Client.Info/BasicInformation"));
    assertThat(flow.get("total_collected_rows")).isEqualTo(1L);
    assertThat(flow.get("total_logs")).isEqualTo(2L);
    assertThat(fleet.recorded().flow("C.3b5d92a4c8e07f16", "F.None")).isNull();
  }

  @Test
  void rowsAreReadOneAfterTheOther() {
    FleetDirectory fleet = new FleetDirectory(Path.of("queries/fleets/label-servers"));
    List<Object> hosts = new ArrayList<>();

    boolean there =
        fleet
            .recorded()
            .results(
                "C.0a1f6c2e9b7d4431",
                "F.C6M2A01",
                "Generic.Client.Info/DetailedInfo",
                row -> {
                  hosts.add(((Dict) row).get("Param"));
                  return hosts.size() < 2;
                });

    assertThat(there).isTrue();
    assertThat(hosts).containsExactly("Hostname", "Uptime");
    assertThat(fleet.recorded().results("C.0a1f6c2e9b7d4431", "F.C6M2A01", "X", row -> true))
        .isFalse();
  }

  @Test
  void aFolderWithoutSettingsIsNoFleet() {
    Path none = root.resolve("none");
    assertThatThrownBy(() -> new FleetDirectory(none))
        .isInstanceOf(FleetException.class)
        .hasMessageEndingWith("none: not a fleet: there is no fleet.yaml");
  }

  @Test
  void aDamagedLineIsShownWithItsPlace() throws IOException {
    write("clients.jsonl", "{\"client_id\":\"C.1\"}\n\n{\"client_id\":\"C.2\",}\n");

    assertThatThrownBy(this::clients)
        .isInstanceOf(FleetException.class)
        .hasMessageContaining("clients.jsonl:3:19: not JSON")
        .hasMessageContaining("\n{\"client_id\":\"C.2\",}\n                  ^");
  }

  @Test
  void aLineWithoutAnIdIsShownToo() throws IOException {
    write("clients.jsonl", "{\"hostname\":\"a\"}\n");
    assertThatThrownBy(this::clients)
        .hasMessageContaining("clients.jsonl:1:1: there is no client_id");

    write("clients.jsonl", "[1]\n");
    assertThatThrownBy(this::clients).hasMessageContaining("clients.jsonl:1:1: not a JSON object");
  }

  @Test
  void wrongSettingsAreShownWithTheirPlace() throws IOException {
    write("fleet.yaml", "id_seed: 1\ncolour: red\n");
    assertThatThrownBy(() -> new FleetDirectory(root))
        .hasMessageContaining("fleet.yaml:2:1: unknown setting colour\ncolour: red\n^");

    write("fleet.yaml", "interrogation_order: sometimes\n");
    assertThatThrownBy(() -> new FleetDirectory(root))
        .hasMessageContaining("fleet.yaml:1:1: interrogation_order is");

    write("fleet.yaml", "clock_start: yesterday\n");
    assertThatThrownBy(() -> new FleetDirectory(root)).hasMessageContaining("fleet.yaml:1:1: ");

    write("fleet.yaml", "roles: [king]\n");
    assertThatThrownBy(() -> new FleetDirectory(root)).hasMessageContaining("unknown role king");
  }

  @Test
  void aSourceThatDoesNotParseIsShownWithItsPlaceAndDoesNotRun() throws IOException {
    write(
        "artifacts/A.yaml",
        "name: A\nsources:\n  - name: Bad\n    query: |\n      SELECT * FROM FROM scope()\n"
            + "  - {name: Good, query: SELECT * FROM scope()}\n");
    try (FleetDirectory fleet = new FleetDirectory(root)) {
      Artifact artifact = fleet.artifacts().get(0);

      assertThat(artifact.sources())
          .extracting(ArtifactSource::name, ArtifactSource::query)
          .containsExactly(tuple("Bad", ""), tuple("Good", "SELECT * FROM scope()"));
      assertThat(FleetCheck.of(fleet))
          .singleElement()
          .asString()
          .contains(
              "A.yaml:5:21: not run, because it does not parse: While parsing source query SELECT *")
          .contains("      SELECT * FROM FROM scope()\n                    ^");
    }
    write("artifacts/A.yaml", "name: A\ntype: NONSENSE\n");
    assertThatThrownBy(() -> new FleetDirectory(root).artifacts())
        .hasMessageContaining("A.yaml:2:7: Artifact type");
  }

  @Test
  void aStepThatDoesNotExistIsShown() throws IOException {
    write("script.jsonl", "{\"do\":\"enrol\",\"client\":\"C.1\"}\n{\"do\":\"jump\"}\n");
    List<Step> steps = new ArrayList<>();

    assertThatThrownBy(() -> new FleetDirectory(root).script(steps::add))
        .hasMessageContaining("script.jsonl:2:1: \"do\" says what happens")
        .hasMessageContaining("found jump");
    assertThat(steps).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "\"do\":\"label\"                                  ! label needs \"client\"",
        "\"do\":\"label\",\"client\":\"C.1\",\"labels\":\"x\"  ! label needs \"set\" or \"remove\"",
        "\"do\":\"metadata\",\"client\":\"C.1\"              ! metadata needs \"set\"",
        "\"do\":\"collect\",\"client\":\"C.1\"               ! collect needs \"artifacts\"",
        "\"do\":\"complete\",\"client\":\"C.1\"              ! complete needs \"flow\"",
        "\"do\":\"event\",\"row\":{}                       ! event needs \"artifact\"",
        "\"do\":\"hunt\",\"artifacts\":[]                  ! hunt needs \"hunt\"",
        "\"do\":\"advance\",\"second\":1                   ! advance needs \"seconds\"",
        "\"do\":\"table\",\"which\":\"client\"               ! table needs \"table\" or \"artifacts\"",
        "\"do\":\"artifact_set\"                           ! artifact_set needs \"file\"",
        "\"do\":\"import\"                                 ! import needs \"path\"",
        "\"do\":\"checkin\"                                ! checkin needs \"client\"",
      })
  void aStepThatLacksAMemberIsShown(String step, String problem) throws IOException {
    write("script.jsonl", "{\"do\":\"restart\"}\n{" + step + "}\n");

    assertThatThrownBy(() -> new FleetDirectory(root).script(s -> {}))
        .hasMessageEndingWith("script.jsonl:2:1: step " + problem);
  }

  @Test
  void aDamagedLogOfAHostIsToldAndTheOthersRead() throws IOException {
    write("hosts/C.1/evtx/Cut.evtx", "ElfFile\0" + "x".repeat(200));
    write("hosts/C.1/evtx/Other.evtx", "MZ");
    write("hosts/C.1/evtx/Good%4Log.evtx.jsonl", "{\"N\":1}\n");
    List<Object> rows = new ArrayList<>();
    List<String> log = new ArrayList<>();

    new FleetDirectory(root)
        .hosts()
        .answer(
            "C.1",
            "parse_evtx",
            Dict.of(
                "filename",
                List.of("C:\\Logs\\Cut.evtx", "C:/Logs/Other.evtx", "None", "C:/Good%4Log.evtx")),
            answer -> 0,
            rows::add,
            log::add);

    assertThat(rows).containsExactly(Dict.of("N", 1L));
    assertThat(log)
        .containsExactly(
            "C:/Logs/Cut.evtx: at offset 0: file ends within its header",
            "Unable to parse file C:/Logs/Other.evtx: no event log signature");
  }

  @Test
  void aFlowThatARuleDeletesIsGoneUntilItCompletesAgain() {
    String complete = "\"do\":\"complete\",\"client\":\"C.1\",\"flow\":\"F.1\",\"again\":true";
    String read =
        "SELECT { SELECT count() AS N FROM flows(client_id='C.1') GROUP BY 1 } AS Flows,"
            + " get_flow(client_id='C.1', flow_id='F.1').state AS State,"
            + " { SELECT N FROM source(client_id='C.1', flow_id='F.1', artifact='Custom.Till') } AS N"
            + " FROM ";
    assertThat(
            new TestFleet(root)
                .client("C.1")
                .artifact("Custom.Till", "sources:\n  - query: SELECT 1 AS N FROM scope()\n")
                .flow("C.1", "F.1", "Custom.Till", "{\"N\":7}")
                .rule(
                    "R",
                    "SELECT * FROM foreach("
                        + "row={ SELECT * FROM watch_monitoring(artifact='System.Flow.Completion')"
                        + " }, query={ SELECT * FROM chain("
                        + ("a={ " + read + "scope() }, b={ SELECT * FROM delete_flow(")
                        + "client_id='C.1', flow_id='F.1', really_do_it=TRUE) WHERE FALSE },"
                        + (" c={ " + read + "scope() }) })"))
                .step(complete)
                .step(complete)
                .play()
                .rowsOf("R"))
        .containsExactly(
            "{\"Flows\":1,\"State\":\"FINISHED\",\"N\":7}",
            "{\"Flows\":null,\"State\":null,\"N\":null}",
            "{\"Flows\":1,\"State\":\"FINISHED\",\"N\":7}",
            "{\"Flows\":null,\"State\":null,\"N\":null}");
  }

  @Test
  void unknownFilesAreReportedAndIgnored() throws IOException {
    write("notes.txt", "x");

    assertThat(new FleetDirectory(root).problems())
        .singleElement()
        .asString()
        .endsWith("notes.txt: not part of a fleet, ignored");
  }

  @Test
  void aPlanTellsOfMisspeltResultsOfAFlow() {
    FleetDirectory fleet =
        new TestFleet(root)
            .client("C.1")
            .file("flows/C.1/F.1/result/A.jsonl", "{}\n")
            .file("flows/C.1/F.2/results/A.jsonl", "{}\n")
            .open();

    new DryRun(fleet, List.of()).plan();

    assertThat(fleet.problems())
        .containsExactly(root.resolve("flows/C.1/F.1/result") + ": not part of a fleet, ignored");
  }

  @Test
  void anArchiveThatIsNotThereIsSaidToBeMissing() {
    FleetDirectory fleet =
        new TestFleet(root).step("\"do\":\"import\",\"path\":\"none.zip\"").open();

    assertThatThrownBy(() -> new DryRun(fleet, List.of()).plan())
        .hasMessageEndingWith("none.zip: there is no such file");
  }

  @Test
  void storedEventsAreReadByDayAndTime() throws IOException {
    write("monitoring/server/Health%2FLoad/2026-01-01.jsonl", "{\"v\":1,\"_ts\":1767225600}\n");
    write(
        "monitoring/server/Health%2FLoad/2026-01-02.jsonl",
        "{\"_ts\":1767312000,\"v\":2}\n{\"v\":3,\"_ts\":1767312060}\n");
    List<Object> rows = new ArrayList<>();

    new FleetDirectory(root)
        .recorded()
        .events(
            "server",
            "Health/Load",
            Instant.ofEpochSecond(1767312000),
            Instant.ofEpochSecond(1767312000),
            rows::add);

    assertThat(rows).containsExactly(Dict.of("v", 2L, "_ts", 1767312000000L));
  }
}
