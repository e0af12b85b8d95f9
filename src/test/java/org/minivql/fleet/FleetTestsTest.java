package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minivql.fleet.expect.FleetTests;
import org.minivql.fleet.expect.TestResult;

class FleetTestsTest {
  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<TestResult> run(boolean update) {
    List<TestResult> results = new ArrayList<>();
    FleetTests.run(List.of(folder), update, results::add);
    return results;
  }

  static List<Path> samples() {
    return FleetTests.find(Path.of("queries"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theSamplesPass(Path sample) {
    List<TestResult> results = new ArrayList<>();
    FleetTests.run(List.of(sample), false, results::add);
    assertThat(results).hasSize(1);
    assertThat(results.get(0).failures()).isEmpty();
  }

  private void fleet() throws IOException {
    write("fleet.yaml", "clock_start: 1600000000\n");
    write(
        "clients.jsonl", "{\"client_id\":\"C.1\",\"labels\":[\"Old\"]}\n{\"client_id\":\"C.2\"}\n");
    write("script.jsonl", "{\"do\":\"label\",\"client\":\"C.2\",\"set\":[\"New\"]}\n");
  }

  @Test
  void aDifferenceIsShownAsLines() throws IOException {
    fleet();
    write("expect/labels.jsonl", "{\"client_id\":\"C.1\",\"labels\":[\"Old\"]}\n");

    assertThat(run(false).get(0).failures())
        .containsExactly("labels.jsonl:\n  + {\"client_id\":\"C.2\",\"labels\":[\"New\"]}");
  }

  @Test
  void updatingRewritesWhatIsThere() throws IOException {
    fleet();
    write("expect/labels.jsonl", "");

    assertThat(run(true)).singleElement().returns(true, TestResult::updated);
    assertThat(run(false).get(0).failures()).isEmpty();
    assertThat(folder.resolve("expect/labels.jsonl"))
        .hasContent(
            "{\"client_id\":\"C.1\",\"labels\":[\"Old\"]}\n"
                + "{\"client_id\":\"C.2\",\"labels\":[\"New\"]}\n");
    assertThat(folder.resolve("expect/metadata.jsonl")).doesNotExist();
  }

  @Test
  void updatingTellsWhatItCannotRewrite() throws IOException {
    fleet();
    write(
        "script.jsonl",
        "{\"do\":\"hunt\",\"hunt\":{\"artifacts\":[\"Generic.Client.Info\"],"
            + "\"description\":\"h\"}}\n{\"do\":\"checkin\",\"client\":\"C.2\"}\n");
    write(
        "expect/hunts.jsonl",
        "{\"hunt_description\":\"h\",\"state\":\"PAUSED\",\"participants\":[\"C.1\"]}\n");
    write("expect/logs.yaml", "must_match: [never]\n");

    assertThat(run(true))
        .singleElement()
        .returns(true, TestResult::updated)
        .returns(List.of("logs: no line of a rule matches never"), TestResult::failures);
    assertThat(folder.resolve("expect/hunts.jsonl"))
        .hasContent(
            "{\"hunt_description\":\"h\",\"state\":\"RUNNING\",\"participants\":[\"C.2\"]}");
  }

  @Test
  void eventsLogsAndPlanAreCompared() throws IOException {
    fleet();
    write(
        "expect/events/Server.Internal.Label.jsonl",
        "{\"client_id\":\"C.2\",\"Operation\":\"Add\",\"Label\":\"Newer\"}\n");
    write("expect/logs.yaml", "must_match: [never]\nwarnings: [Q-13]\n");
    write("plan.json", "{\"order_dependent\":true}\n");

    assertThat(run(false).get(0).failures())
        .hasSize(4)
        .anyMatch(f -> f.startsWith("events of Server.Internal.Label:\n  - "))
        .anyMatch(f -> f.equals("logs: no line of a rule matches never"))
        .anyMatch(f -> f.startsWith("logs: there is no warning Q-13"))
        .anyMatch(f -> f.startsWith("plan.json, order_dependent:"));
  }

  @Test
  void expectationsThatCouldNotFailAreTold() throws IOException {
    fleet();
    write("expect/labels.jsonl", "{\"client_id\":\"C.1\",\"labels\":[\"Old\"]}\n");
    write("expect/logs.yaml", "must_not_mtach: [x]\n");
    assertThat(run(false).get(0).failures())
        .singleElement()
        .asString()
        .endsWith(
            "expect/logs.yaml: there is no expectation must_not_mtach, only must_match,"
                + " must_not_match, warnings");

    write("expect/logs.yaml", "must_not_match: [\"(\"]\n");
    assertThat(run(false).get(0).failures())
        .singleElement()
        .asString()
        .endsWith("expect/logs.yaml: not a pattern: (");

    write("expect/logs.yaml", "must_not_match: [never]\n");
    write("expect/rows/No.Such.jsonl", "");
    write("expect/events/Generic.Client.Info.jsonl", "");
    write("expect/events/Server.Internal.Enrollment.jsonl", "");
    assertThat(run(false).get(0).warnings().stream().map(w -> w.replace(folder + "/", "")))
        .containsExactly(
            "expect/rows: no rule No.Such runs",
            "expect/events: there is no queue Generic.Client.Info");
  }

  @Test
  void thePlanOfBothOrdersIsThatOfTheCommandAndKeepsItsMembers() throws IOException {
    write("fleet.yaml", "clock_start: 1600000000\ninterrogation_order: both\n");
    write(
        "artifacts/Race.Release.yaml",
        "name: Race.Release\ntype: SERVER_EVENT\nsources:\n  - query: |\n"
            + "      SELECT * FROM foreach(row={SELECT * FROM"
            + " watch_monitoring(artifact=\"System.Flow.Completion\")}, query={SELECT"
            + " label(client_id=ClientId, labels=\"Eleven\", op=\"set\") FROM"
            + " clients(client_id=ClientId) WHERE os_info.release =~ \"11\"})\n");
    write("tables/server.yaml", "artifacts: [Race.Release]\n");
    write("clients.jsonl", "{\"client_id\":\"C.00000000000000a1\"}\n");
    String flow = "flows/C.00000000000000a1/F.1/";
    write(flow + "context.json", "{\"state\":\"FINISHED\"}");
    write(
        flow + "results/Generic.Client.Info%2FBasicInformation.jsonl",
        "{\"OS\":\"windows\",\"Platform\":\"Windows 11\"}\n");
    write("plan.json", "{\"order_dependent\":true}");
    assertThat(run(false).get(0).failures()).isEmpty();

    write("plan.json", "{\"order_dependent\":false}");
    assertThat(run(false).get(0).failures()).hasSize(1);
    assertThat(run(true).get(0).failures()).isEmpty();
    assertThat(Files.readString(folder.resolve("plan.json")))
        .isEqualToIgnoringWhitespace("{\"order_dependent\":true}");
  }

  @Test
  void metadataOfAClientThatIsNotThereIsAProblemOfItsStep() throws IOException {
    fleet();
    write("script.jsonl", "{\"do\":\"metadata\",\"client\":\"C.9\",\"set\":{\"A\":1}}\n");
    write("expect/labels.jsonl", "");

    assertThat(run(false).get(0).failures())
        .singleElement()
        .asString()
        .endsWith("script.jsonl:1:1: step metadata names a client that is not known: C.9");
  }

  @Test
  void programsRunAfterTheScript() throws IOException {
    fleet();
    write(
        "programs/labelled.vql",
        "LET X = 1\nSELECT client_id, labels FROM clients(search=\"label:new\")\n");
    write("programs/labelled.rows.jsonl", "{\"client_id\":\"C.2\",\"labels\":[\"New\"]}\n");
    assertThat(run(false).get(0).failures()).isEmpty();

    write("programs/labelled.rows.jsonl", "{\"client_id\":\"C.1\",\"labels\":[\"New\"]}\n");
    assertThat(run(false).get(0).failures())
        .singleElement()
        .asString()
        .startsWith("rows of labelled.vql:\n  - {\"client_id\":\"C.1\"");
  }

  @Test
  void goldenPairsAreCompared() throws IOException {
    write(
        "sum.in.yaml",
        "Parameters:\n  A: x\nQueries:\n- LET B = 2\n- SELECT A, B + 1 AS C FROM scope()\n");

    assertThat(run(false).get(0).failures())
        .singleElement()
        .asString()
        .startsWith("sum.out.yaml:\n  + Query: LET B = 2\n  + Output: []");
    run(true);
    assertThat(run(false).get(0).failures()).isEmpty();
    assertThat(folder.resolve("sum.out.yaml")).content().contains("\"A\": \"x\"", "\"C\": 3");
  }

  @Test
  void whatGoldenPairsSayThatIsNotSupportedIsTold() throws IOException {
    write("a.in.yaml", "Transforms: []\nQueries:\n- LET B = 2\nConfigPatches: []\n");

    assertThat(run(true).get(0).warnings().stream().map(w -> w.replace(folder + "/", "")))
        .containsExactly(
            "a.in.yaml: Transforms is not supported, ignored",
            "a.in.yaml: ConfigPatches is not supported, ignored");
  }

  @Test
  void goldenPairsCanMockAndReadTheirLog() throws IOException {
    write(
        "mocked.in.yaml",
        """
        Queries:
        - LET _ <= mock(plugin='info', results=[dict(OS='linux'), dict(OS='darwin')])
        - LET _ <= mock(artifact=Artifact.Windows.Sys.Users, results=[dict(Name='ann')])
        - LET _ <= mock_time(now=1700000000)
        - SELECT OS, now() AS Now FROM info()
        - SELECT Name, log(message='seen') AS L FROM Artifact.Windows.Sys.Users()
        - SELECT mock_check(plugin='info', expected_calls=1).Error AS E FROM scope()
        - SELECT * FROM test_read_logs() WHERE Log =~ 'seen'
        """);

    run(true);
    assertThat(folder.resolve("mocked.out.yaml"))
        .content()
        .contains("\"OS\": \"darwin\"", "\"Now\": 1700000000", "\"Name\": \"ann\"")
        .contains("\"E\": \"OK\"", "\"Log\": \"Velociraptor: ", "seen");
  }

  @Test
  void reportsForBuildServers() {
    String report =
        FleetTests.junit(
            List.of(
                new TestResult("a<b", List.of(), false, List.of()),
                new TestResult("c", List.of("x & y"), false, List.of())));

    assertThat(report)
        .contains("tests=\"2\" failures=\"1\"")
        .contains("name=\"a&lt;b\"/>")
        .contains("<failure>x &amp; y</failure>");
  }

  @Test
  void aPathThatIsNotThereIsAProblem() {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> FleetTests.find(none))
        .hasMessageEndingWith("none: there is no such file or folder");
  }
}
