package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.minivql.fleet.RecordQuirksTest.COMPLETION;
import static org.minivql.fleet.RecordQuirksTest.INFO;
import static org.minivql.fleet.RecordQuirksTest.METADATA;
import static org.minivql.fleet.RecordQuirksTest.from;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.TestFleet.Played;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.source.FleetException;
import org.minivql.registry.event.Quirks;

/** Quirks of definitions, of rules that run, of hunts and of Sigma rules. */
class ArtifactQuirksTest {
  private static final String RESTART = "\"do\":\"restart\"";

  @TempDir Path folder;
  private TestFleet fleet;

  @BeforeEach
  void fleet() {
    fleet = new TestFleet(folder).client("C.1").client("C.2");
  }

  private static String metadata(String client, int value) {
    return "\"do\":\"metadata\",\"client\":\"" + client + "\",\"set\":{\"k\":\"" + value + "\"}";
  }

  private static String label(String client, String what) {
    return "\"do\":\"label\",\"client\":\"" + client + "\"," + what;
  }

  private static String checkIn(String client) {
    return "\"do\":\"checkin\",\"client\":\"" + client + "\"";
  }

  @Test
  void aTableOfTheServerListsServerEventsOnly() {
    fleet.step(
        "\"do\":\"table\",\"which\":\"server\",\"table\":{\"artifacts\":[\"Generic.Client.Stats\"]}");
    assertThatThrownBy(fleet::play)
        .isInstanceOf(FleetException.class)
        .hasMessageEndingWith(
            "step table failed: Server monitoring can only run artifacts of type SERVER_EVENT,"
                + " not CLIENT_EVENT");
  }

  @Test
  @Quirk("Q-29")
  void groupsThatDifferInCaseAreTwo() {
    String table =
        "\"do\":\"table\",\"which\":\"client\",\"table\":{\"label_events\":[{\"label\":\"A\","
            + "\"artifacts\":{\"artifacts\":[\"Generic.Client.Stats\"]}},{\"label\":\"a\","
            + "\"artifacts\":{\"artifacts\":[\"Generic.Client.Stats\"]}}]}";
    Played played =
        fleet
            .step(table)
            .step(table)
            .step(metadata("C.1", 1))
            .rule(
                "R",
                "SELECT get_client_monitoring().label_events.label AS Groups " + from(METADATA))
            .play();

    assertThat(played.rowsOf("R")).containsExactly("{\"Groups\":[\"A\",\"a\"]}");
    played.warned("Q-29", null, 2);
  }

  @Test
  @Quirk("Q-30")
  void aOneIsNotTrue() {
    Played played =
        fleet
            .step(metadata("C.1", 1))
            .step(RESTART)
            .step(metadata("C.1", 2))
            .rule(
                "R",
                "SELECT One, Yes, No " + from(METADATA),
                "parameters:\n",
                "  - {name: One, type: bool, default: \"1\"}\n",
                "  - {name: Yes, type: bool, default: \"y\"}\n",
                "  - {name: No, type: bool}\n")
            .play();

    String row = "{\"One\":false,\"Yes\":true,\"No\":false}";
    assertThat(played.rowsOf("R")).containsExactly(row, row);
    played.warned("Q-30", "R", 2);
  }

  @Test
  @Quirk("Q-31")
  void anEmptyTimeIsTheYearOne() {
    Played played =
        fleet
            .step(metadata("C.1", 1))
            .step(RESTART)
            .step(metadata("C.1", 2))
            .rule(
                "R",
                "SELECT When, When < timestamp(epoch=1) AS Before, if(condition=When, then=1,"
                    + " else=0) AS Truth "
                    + from(METADATA),
                "parameters:\n",
                "  - {name: When, type: timestamp}\n",
                "  - {name: Unused, type: timestamp}\n")
            .play();

    String row = "{\"When\":\"0001-01-01T00:00:00Z\",\"Before\":true,\"Truth\":0}";
    assertThat(played.rowsOf("R")).containsExactly(row, row);
    played.warned("Q-31", "R", 2);
  }

  @Test
  @Quirk("Q-32")
  void aPreconditionOfOneSourceTakesDefinitionsFromTheNext() {
    String collect = "\"do\":\"collect\",\"client\":\"C.1\",\"artifacts\":[\"Custom.";
    Played played =
        fleet
            .file("hosts/C.1/info.json", "{}")
            .artifact("Custom.Shared", sources(""))
            .artifact("Custom.Split", sources("    precondition: SELECT * FROM scope()\n"))
            .step(collect + "Shared\"]")
            .step(collect + "Split\"]")
            .step(collect + "Split\"]")
            .rule(
                "R",
                "SELECT * FROM foreach(row={ SELECT * "
                    + from(COMPLETION)
                    + " }, query={ SELECT V FROM source(client_id=ClientId, flow_id=FlowId,"
                    + " artifact=filter(list=Flow.artifacts_with_results, regex=\"Two\")[0]) })")
            .play();

    assertThat(played.rowsOf("R")).containsExactly("{\"V\":5}", "{\"V\":null}", "{\"V\":null}");
    played.warned("Q-32", null, 2);
    assertThat(played.warnings("Q-32").get(0))
        .returns("C.1", Quirks.Warning::clientId)
        .returns(
            "Custom.Split/Two uses Five, which an earlier source defines; since a source has a"
                + " precondition, each source has a scope of its own",
            Quirks.Warning::message);
  }

  private static String sources(String precondition) {
    return "sources:\n  - name: One\n"
        + precondition
        + "    query: |\n      LET Five = 5\n      SELECT Five AS V FROM scope()\n"
        + "  - name: Two\n    query: SELECT Five AS V FROM scope()\n";
  }

  @Test
  @Quirk("Q-33")
  void callsOfNothingAreFoundWhenTheyRun() {
    Played played =
        fleet
            .step(metadata("C.1", 1))
            .step(metadata("C.1", 2))
            .rule("F", "SELECT no_such(x=1) AS V " + from(METADATA))
            .rule(
                "P",
                "SELECT * FROM foreach(row={ SELECT * "
                    + from(METADATA)
                    + " }, query={ SELECT * FROM nowhere() })")
            .rule("N", "SELECT missing AS V " + from(METADATA))
            .play();

    assertThat(played.rowsOf("F")).containsExactly("{\"V\":null}", "{\"V\":null}");
    assertThat(played.rowsOf("P")).isEmpty();
    assertThat(played.warnings("Q-33"))
        .extracting(warning -> warning.rule() + " " + warning.count() + " " + warning.message())
        .containsExactly(
            "F 2 there is no function no_such(); an artifact that calls it can be saved, and fails"
                + " when it runs",
            "P 2 there is no plugin nowhere(); an artifact that calls it can be saved, and fails"
                + " when it runs");
  }

  @Test
  @Quirk("Q-34")
  void anOverrideStopsARuleThatNamesTheResults() {
    String custom = "Custom." + INFO;
    String row = "{\"OS\":\"windows\",\"Hostname\":\"a\",\"Platform\":\"Windows Server\"}";
    Played played =
        fleet
            .artifact(
                "Custom.Generic.Client.Info",
                "sources:\n  - name: BasicInformation\n    query: SELECT * FROM info()\n")
            .flow("C.1", "F.1", custom, row)
            .flow("C.2", "F.2", custom, row)
            .rule(
                "R",
                "SELECT * FROM foreach(row={ SELECT * "
                    + from(COMPLETION)
                    + " WHERE Flow.artifacts_with_results =~ \""
                    + INFO
                    + "\" }, query={ SELECT * FROM source(client_id=ClientId, flow_id=FlowId,"
                    + " artifact=\""
                    + INFO
                    + "\") })")
            .play();

    assertThat(played.rowsOf("R")).isEmpty();
    assertThat(played.plan().rules().get(0))
        .returns(2L, Plan.RuleReport::eventsMatched)
        .returns(0L, Plan.RuleReport::errors);
    played.warned("Q-34", "R", 2);
  }

  @Test
  @Quirk("Q-35")
  void theDailySnapshotIsNotOverridden() {
    Played played =
        fleet
            .artifact(
                "Custom.Generic.Client.Info",
                "sources:\n  - name: BasicInformation\n    query: SELECT * FROM info()\n")
            .steps(
                2,
                "\"do\":\"event\",\"artifact\":\"Server.Internal.ClientInfo\","
                    + "\"client\":\"C.1\",\"row\":{\"hostname\":\"day-$\",\"system\":\"linux\","
                    + "\"release\":\"debian 12\",\"install_time\":5,\"labels\":[\"Lab\"]}")
            .step(metadata("C.1", 1))
            .rule("R", "SELECT client_info(client_id=\"C.1\").os_info AS O " + from(METADATA))
            .rule("Flows", "SELECT * " + from(COMPLETION))
            .play();

    assertThat(played.rowsOf("R"))
        .singleElement()
        .asString()
        .contains("\"system\":\"linux\",\"hostname\":\"day-2\",\"release\":\"debian 12\"");
    assertThat(played.rowsOf("Flows")).isEmpty();
    assertThat(played.labels()).containsExactly("{\"client_id\":\"C.1\",\"labels\":[\"Lab\"]}");
    played.warned("Q-35", null, 2);
  }

  @Test
  @Quirk("Q-36")
  void aQueryThatEndsIsNotStartedAgain() {
    Played played =
        fleet
            .step(metadata("C.1", 1))
            .step(metadata("C.1", 2))
            .step(RESTART)
            .step(metadata("C.1", 3))
            .step(metadata("C.1", 4))
            .rule("R", "SELECT updated_keys AS K " + from(METADATA) + " LIMIT 1")
            .rule("Endless", "SELECT updated_keys AS K " + from(METADATA))
            .play();

    assertThat(played.rowsOf("R")).hasSize(2);
    assertThat(played.rowsOf("Endless")).hasSize(4);
    assertThat(played.log()).filteredOn(line -> line.contains("Finished collecting R")).hasSize(2);
    played.warned("Q-36", "R", 2);
  }

  @Test
  @Quirk("Q-38")
  void anyLabelSendsTheEventTableAgain() {
    Played played =
        fleet
            .step(checkIn("C.1"))
            .step(checkIn("C.2"))
            .step("\"do\":\"advance\",\"seconds\":5")
            .step(label("C.1", "\"set\":[\"no group\"]"))
            .step(label("C.2", "\"set\":[\"no group\"]"))
            .step(checkIn("C.1"))
            .step(checkIn("C.2"))
            .step(checkIn("C.2"))
            .rule(
                "R",
                "SELECT Mutation.LastEventTableVersion AS Version "
                    + from("Server.Internal.ClientPing"))
            .play();

    assertThat(played.rowsOf("R"))
        .containsExactly(
            "{\"Version\":{\"C.1\":1600000000000000000}}",
            "{\"Version\":{\"C.2\":1600000000000000000}}",
            "{\"Version\":{\"C.1\":1600000005000000000}}",
            "{\"Version\":{\"C.2\":1600000005000000000}}",
            "{\"Version\":{}}");
    played.warned("Q-38", null, 2);
  }

  private static String hunt(String conditions) {
    return "\"do\":\"hunt\",\"hunt\":{\"artifacts\":[\"Generic.Client.Info\"],"
        + "\"description\":\"h\","
        + conditions
        + "}";
  }

  private static List<Object> scheduled(Played played) {
    return played.plan().changes().stream()
        .filter(change -> change.kind().equals("hunt") && change.op().equals("schedule"))
        .map(change -> (Object) change.clientId())
        .toList();
  }

  @Test
  @Quirk("Q-39")
  void losingAnExcludedLabelDoesNotAdmit() {
    Played played =
        fleet
            .step(label("C.1", "\"set\":[\"Out\"]"))
            .step(label("C.2", "\"set\":[\"Out\"]"))
            .step(hunt("\"exclude_labels\":[\"out\"]"))
            .step(checkIn("C.1"))
            .step(checkIn("C.2"))
            .step(label("C.1", "\"remove\":[\"Out\"]"))
            .step(label("C.2", "\"remove\":[\"Out\"]"))
            .step(checkIn("C.1"))
            .play();

    assertThat(scheduled(played)).isEmpty();
    played.warned("Q-39", null, 2);
  }

  @Test
  @Quirk("Q-40")
  void aHuntThatExcludesRacesWithLabelling() {
    Played played =
        fleet
            .step(hunt("\"exclude_labels\":[\"Server\"]"))
            .step(checkIn("C.1"))
            .step(checkIn("C.2"))
            .step(label("C.1", "\"set\":[\"Server\"]"))
            .play();

    assertThat(scheduled(played)).containsExactly("C.1", "C.2");
    played.warned("Q-40", null, 2);
  }

  /** A Sigma rule is asked about the word that two events carry. */
  private Played sigma(String detection) {
    return fleet
        .artifact(
            "Custom.Words",
            "type: CLIENT_EVENT\nsources:\n  - query: SELECT * FROM clock(period=86400)\n")
        .steps(
            2,
            "\"do\":\"event\",\"artifact\":\"Custom.Words\",\"client\":\"C.$\","
                + "\"row\":{\"Word\":\"CMD\"}")
        .rule(
            "R",
            "SELECT * FROM foreach(row={ SELECT * "
                + from("Custom.Words")
                + " }, query={\n"
                + "  SELECT _Rule.Title AS Title FROM sigma(\n"
                + "    rules='''title: T\nlogsource: {product: p}\ndetection:\n"
                + detection
                + "''',\n"
                + "    log_sources=sigma_log_sources(`*/p/*`={ SELECT Word FROM scope() }),\n"
                + "    field_mapping=dict(Word=\"x=>x.Word\")) })")
        .play();
  }

  @Test
  @Quirk("Q-41")
  void equalityInSigmaMindsTheCase() {
    Played played = sigma("  s: {Word: cmd}\n  condition: s\n");

    assertThat(played.rowsOf("R")).isEmpty();
    played.warned("Q-41", "R", 2);
  }

  @Test
  @Quirk("Q-42")
  void severalSearchesWithoutAConditionNeverMatch() {
    Played played = sigma("  s: {Word: CMD}\n  t: {Word: CMD}\n");

    assertThat(played.rowsOf("R")).isEmpty();
    played.warned("Q-42", "R", 2);
  }
}
