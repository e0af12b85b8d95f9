package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.expect.FleetTests;
import org.minivql.fleet.expect.TestResult;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.plan.PlanJson;
import org.minivql.fleet.source.Completions;
import org.minivql.fleet.source.FleetSource;
import org.minivql.value.Dict;

class FleetToolsTest {
  private static final Path SAMPLE = Path.of("queries/fleets/label-servers");
  private static final String BASIC =
      "{\"Hostname\":\"BOX\",\"OS\":\"windows\",\"Platform\":\"Microsoft Windows Server"
          + " 2022\",\"PlatformVersion\":\"10\",\"Fqdn\":\"BOX.example\",\"Labels\":null}\n";
  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Path zip(String name, Map<String, String> members) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> member : members.entrySet()) {
        out.putNextEntry(new ZipEntry(member.getKey()));
        out.write(member.getValue().getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return file;
  }

  private Path archive() throws IOException {
    return zip(
        "box.zip",
        Map.of(
            "collection_context.json",
            "{\"session_id\":\"F.BOX\",\"create_time\":1767603600000000000,"
                + "\"start_time\":1767603601000000000,\"state\":2}",
            "client_info.json",
            "{\"Hostname\":\"BOX\",\"HostID\":\"77aa\",\"OS\":\"windows\"}",
            "results/Generic.Client.Info%2FBasicInformation.json",
            BASIC,
            "log.json",
            "{\"message\":\"done\"}\n"));
  }

  @Test
  void aNewFleetPassesItsOwnTest() {
    List<String> files = FleetInit.write(folder);

    assertThat(files).contains("fleet.yaml", "expect/labels.jsonl");
    assertThat(FleetCheck.of(Fleets.open(folder))).isEmpty();
    List<TestResult> results = new ArrayList<>();
    FleetTests.run(List.of(folder), false, results::add);
    assertThat(results).singleElement().returns(true, TestResult::passed);
    assertThatThrownBy(() -> FleetInit.write(folder)).hasMessageEndingWith("is not empty");
  }

  @Test
  void theSamplesAreInOrder() {
    for (Path fleet : FleetTests.find(Path.of("queries/fleets"))) {
      assertThat(FleetCheck.of(Fleets.open(fleet))).as(fleet.toString()).isEmpty();
    }
  }

  @Test
  void everyProblemIsFoundAtOnce() throws IOException {
    write("fleet.yaml", "id_seed: 1\n");
    write("clients.jsonl", "{\"client_id\":\"C.1\"}\n{\"client_id\":\"C.1\"}\n");
    write("metadata.jsonl", "{\n");
    write("artifacts/A.yaml", "name: A\ncolor: red\n");
    write("tables/server.yaml", "artifacts: [No.Such, Generic.Client.Stats]\n");
    write("tables/client.yaml", "artifacts: {artifacts: [Generic.Client.Info]}\n");
    write("script.jsonl", "{\"do\":\"jump\"}\n");
    write("flows/C.2/F.1/results/No.Such.jsonl", "{}\n");
    write("flows/C.1/F.2/results/Generic.Client.Info%2FUsers.jsonl", "{\"a\":1}\n{\"a\"\n");
    write("odd.txt", "");

    assertThat(FleetCheck.of(Fleets.open(folder)))
        .anyMatch(p -> p.equals("client C.1 is there twice; the last one counts"))
        .anyMatch(p -> p.contains("metadata.jsonl:1:2: not JSON"))
        .anyMatch(p -> p.contains("A.yaml:2:1: yaml: unmarshal errors:"))
        .anyMatch(p -> p.endsWith("lists an artifact that is not known: No.Such"))
        .anyMatch(
            p ->
                p.equals(
                    "the server event table lists Generic.Client.Stats, which is of type"
                        + " CLIENT_EVENT, not SERVER_EVENT"))
        .anyMatch(
            p ->
                p.equals(
                    "the client event table lists Generic.Client.Info, which is of type CLIENT,"
                        + " not CLIENT_EVENT"))
        .anyMatch(p -> p.contains("script.jsonl:1:1: \"do\" says what happens"))
        .anyMatch(p -> p.equals("flow F.1 of C.2: the client has no record"))
        .anyMatch(p -> p.equals("flow F.1 of C.2: the artifact of No.Such is not known"))
        .anyMatch(p -> p.contains("Users.jsonl:2:5: not JSON"))
        .anyMatch(p -> p.endsWith("odd.txt: not part of a fleet, ignored"));
  }

  @Test
  void aSummaryCounts() throws IOException {
    Dict summary = FleetSummary.of(Fleets.open(SAMPLE));

    assertThat(summary.get("clients")).isEqualTo(15L);
    assertThat(summary.get("flows")).isEqualTo(16L);
    assertThat(((Dict) summary.get("labels")).get("Database")).isEqualTo(1L);
    assertThat(((Dict) summary.get("results")).get("Generic.Client.Info/BasicInformation"))
        .isEqualTo(15L);
    StringBuilder text = new StringBuilder();
    FleetSummary.write(summary, text);
    assertThat(text).contains("clients: 15\n", "rules: [\"Custom.Automation.LabelServers\"]\n");
  }

  @Test
  void anArchiveIsAFleet() throws IOException {
    FleetSource fleet = Fleets.open(archive());
    List<Dict> clients = new ArrayList<>();
    fleet.clients(clients::add);

    assertThat(clients)
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.get("client_id")).isEqualTo("C.77aa");
              assertThat(c.get("hostname")).isEqualTo("BOX");
            });
    Dict flow = fleet.recorded().flow("C.77aa", "F.BOX");
    assertThat(flow.get("create_time")).isEqualTo(1767603600000000L);
    assertThat(flow.get("state")).isEqualTo("FINISHED");
    assertThat(flow.get("artifacts_with_results"))
        .isEqualTo(List.of("Generic.Client.Info/BasicInformation"));
  }

  @Test
  void theSampleArchiveOfTheOldLayoutIsRead() {
    Path shared = Path.of(System.getProperty("vql.shared.dir", "../shared"));
    Path zip = shared.resolve("data/collections/unencrypted_collector.zip");
    assumeTrue(Files.isRegularFile(zip), "no sample archive " + zip);
    FleetSource fleet = Fleets.open(zip);
    List<Dict> clients = new ArrayList<>();
    fleet.clients(clients::add);

    assertThat(clients)
        .singleElement()
        .satisfies(c -> assertThat(c.get("hostname")).isEqualTo("DESKTOP-SU8FH31"));
    Completions.Entry flow = fleet.completions().get(0);
    List<Object> users = new ArrayList<>();
    fleet
        .recorded()
        .results(flow.clientId(), flow.flowId(), "Generic.Client.Info/Users", users::add);
    assertThat(users).isNotEmpty();
  }

  @Test
  void anImportedFleetIsTheSameFleet() throws IOException {
    Path target = folder.resolve("copy");
    FleetImport.write(Fleets.open(archive()), target);

    FleetSource copy = Fleets.open(target);
    assertThat(FleetCheck.of(copy)).isEmpty();
    List<Object> rows = new ArrayList<>();
    copy.recorded().results("C.77aa", "F.BOX", "Generic.Client.Info/BasicInformation", rows::add);
    assertThat(rows)
        .singleElement()
        .satisfies(row -> assertThat(((Dict) row).get("Hostname")).isEqualTo("BOX"));
    assertThatThrownBy(() -> FleetImport.write(copy, target)).hasMessageEndingWith("is not empty");

    Path again = folder.resolve("again");
    FleetImport.write(Fleets.open(SAMPLE), again);
    assertThat(PlanJson.dict(new DryRun(Fleets.open(again), List.of()).plan()).get("clients"))
        .isEqualTo(PlanJson.dict(new DryRun(Fleets.open(SAMPLE), List.of()).plan()).get("clients"));
  }

  @Test
  void membersThatCountAsNotGivenAreReported() {
    FleetDirectory fleet =
        new TestFleet(folder)
            .client("C.1", "\"labels\":\"x\"", "\"hostnmae\":\"a\"", "\"ping\":\"soon\"")
            .client("C.2", "\"labels\":null", "\"ping\":\"0\"", "\"first_seen_at\":7")
            .step("\"do\":\"complete\",\"client\":\"C.1\"")
            .open();

    assertThat(FleetCheck.of(fleet))
        .containsExactly(
            "client C.1: a record has no hostnmae",
            "client C.1: not a value of ping: \"soon\"",
            folder + "/script.jsonl:1:1: step complete needs \"flow\"");
  }

  @Test
  void whatHostsEventsHuntsAndTablesSayIsChecked() {
    FleetDirectory fleet =
        new TestFleet(folder)
            .client("C.1")
            .file("metadata.jsonl", "{\"client_id\":\"C.9\",\"metdata\":{}}\n")
            .file("tables/client.yaml", "artifacts: {artifcats: []}\nlabels: []\n")
            .file(
                "hunts.jsonl",
                "{\"hunt_id\":\"H.1\",\"stat\":\"RUNNING\",\"participants\":[\"C.1\",\"C.8\"]}\n")
            .file("flows/C.1/F.1/context.json", "{\"state\":\"FINISHD\"}")
            .file("monitoring/C.1/Generic.Client.Stats/2020-01-01.jsonl", "{\"CPU\":1}\n")
            .file("hosts/C.1/info.json", "{\"OS\":\n \"windows\",}")
            .file("hosts/C.1/config.json", "{}")
            .file("hosts/C.1/interfaces.jsonl", "{\"Name\":\"lo\"}\n[]\n")
            .file("hosts/C.1/evtx/System.evtx.jsonl", "{\n")
            .file("hosts/C.1/mocks/wmi.jsonl", "{\"rows\":[]}\n{\"row\":[]}\n")
            .step("\"do\":\"label\",\"client\":\"C.1\",\"set\":\"a\",\"labels\":\"b\"")
            .open();

    // Runs read no more than they use, but for names.
    assertThat(fleet.problems()).isEmpty();
    assertThat(
            FleetCheck.of(fleet).stream()
                .map(p -> p.lines().findFirst().get().replace(folder + "/", "")))
        .containsExactly(
            "metadata of C.9: there is no \"metadata\"",
            "metadata of C.9: the client has no record",
            "hunt H.1: a hunt has no stat",
            "hunt H.1: the participant C.8 has no record",
            "flow F.1 of C.1: there is no state FINISHD",
            "tables/client.yaml: a table has no \"labels\", ignored",
            "tables/client.yaml: a table has no \"artifcats\", ignored",
            "script.jsonl:1:1: step label has no \"labels\", ignored",
            "monitoring/C.1/Generic.Client.Stats/2020-01-01.jsonl:1:1: there is no time _ts",
            "hosts/C.1/info.json:2:11: not JSON: invalid character '}' looking for beginning of"
                + " object key string",
            "hosts/C.1/interfaces.jsonl:2:1: not a JSON object",
            "hosts/C.1/evtx/System.evtx.jsonl:1:2: not JSON: unexpected end of JSON input",
            "hosts/C.1/mocks/wmi.jsonl:2:1: there is no list of rows");
  }

  @Test
  void filesThatNothingReadsAreReported() {
    TestFleet files =
        new TestFleet(folder)
            .client("C.1")
            .file("tables/sever.yaml", "artifacts: []\n")
            .file("artifacts/notes.md", "")
            .file("expect/lables.jsonl", "")
            .file("expect/rows/Rule.json", "")
            .file("programs/p.sql", "")
            .file("flows/C.1/F.1/result/A.jsonl", "")
            .file("flows/C.1/notes.txt", "")
            .file("flows/C.1/F.1/results/A.csv", "")
            .file("monitoring/server/Q/2026-01-01.csv", "")
            .file("notebooks/N.1/NC.1/query_one.jsonl", "")
            .file("notebooks/N.1/attach/any.thing", "")
            .file("notebooks/N.1/NC.1/query_1.jsonl", "")
            .file("hosts/C.1/mocks/info.json", "{}");
    FleetDirectory fleet = files.open();

    assertThat(fleet.completions().size()).isEqualTo(1);
    assertThat(FleetCheck.of(fleet).stream().map(p -> p.substring(folder.toString().length() + 1)))
        .containsExactly(
            "artifacts/notes.md: not part of a fleet, ignored",
            "tables/sever.yaml: not part of a fleet, ignored",
            "expect/lables.jsonl: not part of a fleet, ignored",
            "expect/rows/Rule.json: not part of a fleet, ignored",
            "programs/p.sql: not part of a fleet, ignored",
            "flows/C.1/notes.txt: not part of a fleet, ignored",
            "flows/C.1/F.1/result: not part of a fleet, ignored",
            "flows/C.1/F.1/results/A.csv: not part of a fleet, ignored",
            "monitoring/server/Q/2026-01-01.csv: not part of a fleet, ignored",
            "notebooks/N.1/NC.1/query_one.jsonl: not part of a fleet, ignored",
            "hosts/C.1/mocks/info.json: not part of a fleet, ignored");
  }

  @Test
  void whatIsThereTwiceIsReportedAndPlannedWithAWarning() {
    FleetDirectory fleet =
        new TestFleet(folder)
            .client("C.1", "\"labels\":[\"first\"]")
            .client("C.2")
            .client("C.1", "\"labels\":[\"second\"]")
            .file(
                "metadata.jsonl",
                "{\"client_id\":\"C.2\",\"metadata\":{\"k\":\"1\"}}\n".repeat(2)
                    + "{\"client_id\":\"server\",\"metadata\":{}}\n")
            .file("hunts.jsonl", "{\"hunt_id\":\"H.1\"}\n".repeat(2))
            .file("artifacts/A.yaml", "name: A\ntype: CLIENT_EVENT\n")
            .file("artifacts/B.yaml", "name: A\ntype: CLIENT_EVENT\n")
            .step("\"do\":\"label\",\"client\":\"C.1\",\"set\":\"third\"")
            .open();

    assertThat(FleetCheck.of(fleet))
        .containsExactly(
            "artifact A is there twice; the last one counts",
            "client C.1 is there twice; the last one counts",
            "metadata of C.2 is there twice; the last one counts",
            "hunt H.1 is there twice; the last one counts");
    Plan plan = new DryRun(fleet, List.of()).plan();
    assertThat(plan.clients())
        .singleElement()
        .returns(List.of("second"), Plan.Client::before)
        .returns(List.of("second", "third"), Plan.Client::after);
    assertThat(plan.warnings())
        .filteredOn(w -> w.id().equals("W-TWICE"))
        .singleElement()
        .returns("C.1", org.minivql.registry.event.Quirks.Warning::clientId)
        .returns(3L, org.minivql.registry.event.Quirks.Warning::count);
  }

  @Test
  void importingAnArchiveTriggersRules() throws IOException {
    archive();
    FleetInit.write(folder.resolve("fleet"));
    write(
        "fleet/script.jsonl",
        "{\"do\":\"import\",\"path\":\"../box.zip\"}\n{\"do\":\"import\",\"path\":\"../box.zip\"}\n");

    Plan plan = new DryRun(Fleets.open(folder.resolve("fleet")), List.of()).plan();

    assertThat(plan.clients())
        .singleElement()
        .returns("C.77aa", Plan.Client::clientId)
        .returns("BOX", Plan.Client::hostname)
        .returns(List.of("Server"), Plan.Client::after);
    assertThat(plan.rules().get(0).rows()).isEqualTo(2);
    assertThat(plan.warnings()).anyMatch(w -> w.id().equals("Q-03"));
  }

  @Test
  void archivesThatCannotBeReadAreProblems() throws IOException {
    write("bad.zip", "no archive");
    assertThatThrownBy(() -> Fleets.open(folder.resolve("bad.zip")))
        .hasMessageContaining("bad.zip: not an archive");

    Path encrypted =
        zip("secret.zip", Map.of("metadata.json", "[{\"Scheme\":\"X509\"}]", "data.zip", "x"));
    assertThatThrownBy(() -> Fleets.open(encrypted))
        .hasMessageEndingWith(
            "secret.zip: the archive is encrypted (X509): decrypt the EncryptedPass of its"
                + " metadata.json with the server's private key, and give the password that comes"
                + " out");

    archive();
    FleetSource all = Fleets.open(folder);
    assertThat(all.problems()).hasSize(2);
    assertThat(all.completions().size()).isEqualTo(1);
  }
}
