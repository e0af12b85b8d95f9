package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.plan.PlanJson;
import org.minivql.fleet.source.FleetException;

class DryRunTest {
  private static final Path SAMPLE = Path.of("queries/fleets/label-servers");

  @Test
  void theServersOfTheSampleFleetAreLabelled() {
    Plan plan = new DryRun(new FleetDirectory(SAMPLE), List.of()).plan();

    assertThat(plan.clients())
        .filteredOn(client -> client.added().contains("Server"))
        .extracting(Plan.Client::hostname)
        .containsExactly("HQ-DC-01", "HQ-FILE-03", "DMZ-WEB-04", "HQ-MAIL-05", "LAB-HV-06");
    assertThat(plan.rules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.rule()).isEqualTo("Custom.Automation.LabelServers");
              assertThat(rule.eventsSeen()).isEqualTo(16);
              assertThat(rule.eventsMatched()).isEqualTo(15);
              assertThat(rule.rows()).isEqualTo(7);
              assertThat(rule.errors()).isZero();
            });
    assertThat(plan.warnings()).extracting(w -> w.id()).contains("Q-08", "W-CASE");
  }

  @Test
  void theSameFleetGivesTheSameBytes() {
    String first = PlanJson.text(new DryRun(new FleetDirectory(SAMPLE), List.of()).plan());
    String second = PlanJson.text(new DryRun(new FleetDirectory(SAMPLE), List.of()).plan());

    assertThat(second).isEqualTo(first);
  }

  private static Artifact rule(String name, String query) {
    return Artifact.parse(
        "name: " + name + "\ntype: SERVER_EVENT\nsources:\n- query: " + query + "\n");
  }

  @Test
  void rulesThatTriggerEachOtherAreStoppedAndTheRestGoesOn(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("fleet.yaml"), "clock_start: 1600000000\n");
    Files.writeString(folder.resolve("clients.jsonl"), "{\"client_id\":\"C.1\"}\n");
    Files.writeString(
        folder.resolve("script.jsonl"),
        "{\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"Go\"]}\n"
            + "{\"do\":\"advance\",\"seconds\":5}\n"
            + "{\"do\":\"metadata\",\"client\":\"C.1\",\"set\":{\"k\":\"v\"}}\n");
    String watch = "FROM watch_monitoring(artifact='Server.Internal.Label')";
    List<Artifact> rules =
        List.of(
            rule("Ping", "SELECT label(client_id=client_id, labels='Pong', op='set') " + watch),
            rule("Pong", "SELECT label(client_id=client_id, labels='Ping', op='set') " + watch));

    Plan plan = new DryRun(new FleetDirectory(folder), rules).plan();

    assertThat(plan.loops()).isTrue();
    assertThat(plan.warnings())
        .filteredOn(w -> w.id().equals("W-LOOP"))
        .isNotEmpty()
        .allMatch(w -> w.message().contains("Server.Internal.Label"));
    assertThat(plan.clients().get(0).after()).contains("Go", "Ping", "Pong");
    assertThat(plan.changes()).anyMatch(change -> change.kind().equals("metadata"));
  }

  @Test
  void rulesThatDoNothingAreWarnedAbout() {
    List<Artifact> rules =
        List.of(
            rule("Deaf", "SELECT * FROM watch_monitoring(artifact='Server.Internal.Alerts')"),
            rule(
                "Blind",
                "SELECT * FROM watch_monitoring(artifact='System.Flow.Completion') WHERE FALSE"),
            rule(
                "Mute",
                "SELECT * FROM foreach(row={ SELECT * FROM"
                    + " watch_monitoring(artifact='System.Flow.Completion') }, query={ SELECT *"
                    + " FROM range(end=0) })"));

    Plan plan = new DryRun(new FleetDirectory(SAMPLE), rules).plan();

    assertThat(plan.warnings())
        .filteredOn(w -> List.of("Deaf", "Blind", "Mute").contains(w.rule()))
        .extracting(w -> w.rule() + " " + w.id())
        .contains("Deaf W-UNUSED-RULE", "Blind W-NO-MATCH", "Mute W-NO-ROWS");
  }

  @Test
  void rulesThatWaitForATimeRunInVirtualTime(@TempDir Path folder) {
    String advance = "\"do\":\"advance\",\"seconds\":";
    TestFleet.Played played =
        new TestFleet(folder)
            .client("C.1")
            .step(advance + "200000")
            .step("\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"x\"]")
            .step(advance + "86400")
            .rule(
                "Daily",
                "SELECT * FROM foreach(row={ SELECT Unix FROM clock(period=86400) }, query={\n"
                    + "  SELECT Unix, label(client_id=\"C.1\", labels=\"day\", op=\"set\") AS L,\n"
                    + "         client_info(client_id=\"C.1\").labels AS Labels FROM scope() })")
            .rule(
                "Slow",
                "SELECT _ts, now() AS Now, sleep(time=3600) AS S\n"
                    + RecordQuirksTest.from(RecordQuirksTest.LABEL))
            .play();

    assertThat(played.rowsOf("Daily"))
        .extracting(row -> row.substring(0, 18))
        .containsExactly("{\"Unix\":1600086400", "{\"Unix\":1600172800", "{\"Unix\":1600259200");
    assertThat(played.rowsOf("Daily").get(1)).endsWith("\"Labels\":[\"day\"]}");
    assertThat(played.rowsOf("Daily").get(2)).endsWith("\"Labels\":[\"day\",\"x\"]}");
    assertThat(played.rowsOf("Slow")).hasSize(4).anyMatch(row -> row.contains("1600200000"));
    assertThat(played.warnings("W-UNUSED-RULE")).isEmpty();
  }

  @Test
  void aPlanOfBothOrdersHasTheWarningsOfBoth(@TempDir Path folder) {
    FleetDirectory fleet =
        new TestFleet(folder)
            .settings("interrogation_order: both\n")
            .client("C.1")
            .flow("C.1", "F.1", RecordQuirksTest.INFO, "{\"OS\":\"linux\",\"Hostname\":\"h\"}")
            .rule(
                "R",
                "SELECT * FROM foreach(row={ SELECT * "
                    + RecordQuirksTest.from(RecordQuirksTest.COMPLETION)
                    + " }, query={ SELECT label(client_id=ClientId, labels=\"x\", op=\"set\") AS L"
                    + " FROM clients(client_id=ClientId) WHERE os_info.system = \"linux\" })")
            .open();

    Plan plan = new DryRun(fleet, List.of()).plan();

    assertThat(plan.orderDependent()).isTrue();
    assertThat(plan.clients()).hasSize(1);
    assertThat(plan.warnings()).extracting(warning -> warning.id()).contains("Q-37", "W-NO-ROWS");
  }

  @RepeatedTest(3)
  void branchesThatWaitAreAllThereBeforeAnythingHappens(@TempDir Path folder) {
    String labels = RecordQuirksTest.from(RecordQuirksTest.LABEL);
    TestFleet.Played played =
        new TestFleet(folder)
            .client("C.1")
            .steps(3, "\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"x$\"]")
            .step("\"do\":\"metadata\",\"client\":\"C.1\",\"set\":{\"k\":\"v\"}")
            .rule(
                "Both",
                "SELECT * FROM chain(async=TRUE,\n"
                    + "  a={ SELECT \"a\" AS Via, Label AS What "
                    + labels
                    + " },\n  b={ SELECT \"b\" AS Via, Label AS What "
                    + labels
                    + " LIMIT 1 },\n  c={ SELECT \"c\" AS Via, updated_keys[0] AS What "
                    + RecordQuirksTest.from(RecordQuirksTest.METADATA)
                    + " })")
            .rule(
                "Many",
                "SELECT * FROM foreach(row={ SELECT Label "
                    + labels
                    + " }, query={\n  SELECT * FROM foreach(row={ SELECT _value FROM range(end=4) },"
                    + " workers=4,\n    query={ SELECT Label + str(str=_value) AS V FROM scope() }) })")
            .play();

    assertThat(played.rowsOf("Both"))
        .containsExactly(
            "{\"Via\":\"a\",\"What\":\"x1\"}",
            "{\"Via\":\"b\",\"What\":\"x1\"}",
            "{\"Via\":\"a\",\"What\":\"x2\"}",
            "{\"Via\":\"a\",\"What\":\"x3\"}",
            "{\"Via\":\"c\",\"What\":\"k\"}");
    assertThat(played.rowsOf("Many"))
        .hasSize(12)
        .startsWith("{\"V\":\"x10\"}", "{\"V\":\"x11\"}", "{\"V\":\"x12\"}")
        .endsWith("{\"V\":\"x33\"}");
    assertThat(played.warnings("Q-36")).isEmpty();
  }

  @RepeatedTest(3)
  void sourcesOfAnEventArtifactThatIsCalledWaitBesideEachOther(@TempDir Path folder) {
    String labels = RecordQuirksTest.from(RecordQuirksTest.LABEL);
    TestFleet fleet =
        new TestFleet(folder)
            .client("C.1")
            .steps(3, "\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"x$\"]")
            .step("\"do\":\"advance\",\"seconds\":100")
            .step("\"do\":\"metadata\",\"client\":\"C.1\",\"set\":{\"k\":\"v\"}")
            .artifact(
                "Watch.All",
                "type: SERVER_EVENT\nsources:\n"
                    + "- name: Label\n  query: SELECT Label AS What "
                    + labels
                    + "\n- name: Once\n  query: SELECT Label AS What "
                    + labels
                    + " LIMIT 1\n- name: Tick\n  query: SELECT Unix AS What FROM clock(period=60)\n"
                    + "- name: Made\n  query: |\n    LET G = generate(name='g', query={ SELECT Label"
                    + " AS What "
                    + labels
                    + " })\n    SELECT * FROM G\n"
                    + "- name: Wrong\n  query: SELECT * FROM watch_monitoring(artifact='None.Such')\n"
                    + "- name: Meta\n  query: SELECT updated_keys[0] AS What "
                    + RecordQuirksTest.from(RecordQuirksTest.METADATA)
                    + "\n")
            .rule("All", "SELECT What, _Source AS Via FROM Artifact.Watch.All()")
            .rule("Two", "SELECT What FROM Artifact.Watch.All() LIMIT 2");
    TestFleet.Played played = fleet.play();

    assertThat(played.rowsOf("All").stream().map(row -> row.replaceAll("[{}\"]|Watch.All/", "")))
        .containsExactly(
            "What:x1,Via:Label",
            "What:x1,Via:Once",
            "What:x1,Via:Made",
            "What:x2,Via:Label",
            "What:x2,Via:Made",
            "What:x3,Via:Label",
            "What:x3,Via:Made",
            "What:1600000060,Via:Tick",
            "What:k,Via:Meta");
    assertThat(played.rowsOf("Two")).containsExactly("{\"What\":\"x1\"}", "{\"What\":\"x1\"}");
    assertThat(played.log()).filteredOn(line -> line.contains("None.Such not known")).hasSize(2);
    assertThat(played.warnings("Q-36")).extracting(w -> w.rule()).containsExactly("Two");
    assertThat(PlanJson.text(fleet.play().plan())).isEqualTo(PlanJson.text(played.plan()));
  }

  @Test
  void whatARuleDoesWhenItHasReadEnoughOfAGeneratorIsWaitedFor(@TempDir Path folder) {
    TestFleet.Played played =
        new TestFleet(folder)
            .client("C.1")
            .steps(2, "\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"x$\"]")
            .rule(
                "Slow",
                "LET G = generate(name='g', query={ SELECT Label AS What "
                    + RecordQuirksTest.from(RecordQuirksTest.LABEL)
                    + " })\n"
                    + "SELECT * FROM chain(a={ SELECT * FROM G LIMIT 2 },"
                    + " b={ SELECT _value AS What FROM range(end=1000000) WHERE What = 999999 })")
            .play();

    assertThat(played.rowsOf("Slow"))
        .containsExactly("{\"What\":\"x1\"}", "{\"What\":\"x2\"}", "{\"What\":999999}");
    assertThat(played.log()).contains("server_monitoring: Finished collecting Slow");
  }

  @Test
  void aRuleThatIsNoServerEventArtifactIsRefused() {
    List<Artifact> rules = List.of(Artifact.parse("name: A\ntype: CLIENT\n"));
    DryRun run = new DryRun(new FleetDirectory(SAMPLE), rules);

    assertThatThrownBy(run::plan)
        .isInstanceOf(FleetException.class)
        .hasMessageContaining("can only run artifacts of type SERVER_EVENT, not CLIENT");
  }

  @Test
  void aCollectionThatNobodyDoesIsWarnedAbout(@TempDir Path folder) {
    TestFleet.Played played =
        new TestFleet(folder)
            .artifact("Custom.Bells", "sources:\n  - query: SELECT 1 AS N FROM scope()\n")
            .client("C.1")
            .client("C.2")
            .client("C.3")
            .file("hosts/C.2/info.json", "{}")
            .flow("C.3", "F.03", "Custom.Bells", "{\"N\":3}")
            .step("\"do\":\"collect\",\"client\":\"C.1\",\"artifacts\":[\"Custom.Bells\"]")
            .step("\"do\":\"collect\",\"client\":\"C.2\",\"artifacts\":[\"Custom.Bells\"]")
            .step("\"do\":\"collect\",\"client\":\"C.3\",\"artifacts\":[\"Custom.Bells\"]")
            .step("\"do\":\"checkin\",\"client\":\"C.1\"")
            .step("\"do\":\"collect\",\"client\":\"C.1\",\"artifacts\":[\"Custom.Bells\"]")
            .step("\"do\":\"complete\",\"client\":\"C.3\",\"flow\":\"F.03\"")
            .play();

    played.warned("W-NOT-COLLECTED", null, 2);
    assertThat(played.warnings("W-NOT-COLLECTED").get(0).clientId()).isEqualTo("C.1");
    assertThat(played.warnings("W-NOT-COLLECTED").get(0).message())
        .isEqualTo(
            "step collect ("
                + folder.resolve("script.jsonl")
                + ":1) stays scheduled: there is no hosts/C.1 to collect from, and no step completes"
                + " flow F.01");
  }

  @Test
  void anEnrolmentThatNobodyAnswersIsWarnedAbout(@TempDir Path folder) {
    String info = "{\"OS\":\"linux\",\"Hostname\":\"three\"}";
    TestFleet.Played played =
        new TestFleet(folder)
            .file("hosts/C.2/info.json", "{\"OS\":\"linux\",\"Hostname\":\"two\"}")
            .flow("C.3", "F.77", "Generic.Client.Info/BasicInformation", info)
            .step("\"do\":\"enrol\",\"client\":\"C.1\"")
            .step("\"do\":\"enrol\",\"client\":\"C.2\"")
            .step("\"do\":\"enrol\",\"client\":\"C.3\"")
            .step("\"do\":\"complete\",\"client\":\"C.3\",\"flow\":\"F.77\"")
            .play();

    played.warned("W-NOT-COLLECTED", null, 1);
    assertThat(played.warnings("W-NOT-COLLECTED").get(0).clientId()).isEqualTo("C.1");
    assertThat(played.warnings("W-NOT-COLLECTED").get(0).message())
        .isEqualTo(
            "step enrol ("
                + folder.resolve("script.jsonl")
                + ":1) stays scheduled: there is no hosts/C.1 to collect from, and no step completes"
                + " flow F.01");
  }

  @Test
  void damagedRowsEndThePlan(@TempDir Path folder) throws IOException {
    FleetInit.write(folder);
    Path rows =
        folder.resolve(
            "flows/C.0000000000000001/F.01/results/Generic.Client.Info%2FBasicInformation.jsonl");
    Files.writeString(rows, "{\"OS\": oops}\n");
    DryRun run = new DryRun(new FleetDirectory(folder), List.of());

    assertThatThrownBy(run::plan)
        .isInstanceOf(FleetException.class)
        .hasMessageContaining("BasicInformation.jsonl:1:");
  }
}
