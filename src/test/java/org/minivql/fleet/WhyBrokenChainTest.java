package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.plan.Plan;

/** The ways in which a client can miss its label, and what is said of each. */
class WhyBrokenChainTest {
  private static final String CLIENT = "C.00000000000000a1";
  private static final String COMPLETIONS = "watch_monitoring(artifact=\"System.Flow.Completion\")";

  private TestFleet fleet;

  @BeforeEach
  void fleet(@TempDir Path folder) {
    fleet =
        new TestFleet(folder)
            .client(CLIENT, "\"hostname\":\"Kiosk\",\"system\":\"windows\"")
            .flow(
                CLIENT,
                "F.A1",
                "Generic.Client.Info/BasicInformation",
                "{\"Hostname\":\"Kiosk\",\"OS\":\"windows\",\"Platform\":\"Windows 11\"}");
  }

  private String why() throws IOException {
    return why(CLIENT, "Blue");
  }

  private String why(String client, String label) throws IOException {
    StringBuilder out = new StringBuilder();
    try (FleetDirectory directory = fleet.open()) {
      WhyText.write(new Why(directory, List.of(), client, label).answer(), out);
    }
    return out.toString();
  }

  private static String blue(String clientId, String from) {
    return "SELECT label(client_id="
        + clientId
        + ", labels=\"Blue\", op=\"set\") AS L FROM "
        + from;
  }

  @Test
  void aQueueWithoutEventsIsNamedWithThoseThatHadSome() throws IOException {
    fleet.rule("Blue.Kiosks", blue("ClientId", "watch_monitoring(artifact=\"Some.Doors\")"));
    fleet.artifact("Some.Doors", "type: CLIENT_EVENT\n");

    assertThat(why())
        .endsWith(
            """
              - the events about this client: Server.Internal.Interrogation 1, System.Flow.Completion 1
              ! no event was sent to Some.Doors, which it watches
            """);
  }

  @Test
  void aQueueThatIsNotThereEndsTheRule() throws IOException {
    fleet.rule("Blue.Kiosks", blue("ClientId", "watch_monitoring(artifact=\"No.Such\")"));

    assertThat(why())
        .endsWith(
            """
              - a call failed: Artifact No.Such not known
              ! its query had ended by itself after 0 events, and a server does not start it again; see Q-36
            """);
  }

  @Test
  void aRuleThatHadEndedBeforeIsToldFromOneWithoutEvents() throws IOException {
    fleet.client("C.00000000000000a0").flow("C.00000000000000a0", "F.A0", "Any.Thing", "{}");
    fleet.rule("Blue.Kiosks", blue("ClientId", COMPLETIONS + " LIMIT 1"));

    assertThat(why()).contains("! its query had ended by itself after 1 event,");
  }

  @Test
  void aPreconditionIsNamed() throws IOException {
    fleet.rule(
        "Blue.Kiosks",
        blue("ClientId", COMPLETIONS),
        "precondition: SELECT 1 FROM scope() WHERE FALSE\n");

    assertThat(why()).endsWith("  ! its precondition gave no row: it does not run\n");
  }

  @Test
  void aRuleThatIsNotInTheTableIsNamed() throws IOException {
    fleet.artifact(
        "Blue.Kiosks",
        "type: SERVER_EVENT\nsources:\n  - query: |\n" + blue("ClientId", COMPLETIONS).indent(6));

    assertThat(why())
        .endsWith(
            """

            Blue.Kiosks
              ! it is not in the server event table: it does not run
            """);
    assertThat(why(CLIENT, "Green")).endsWith("  ! no rule runs and has to do with this label\n");
  }

  @Test
  void valuesThatDifferInCaseOnlyAreToldApart() throws IOException {
    fleet.rule("Blue.Kiosks", blue("ClientId", COMPLETIONS + " WHERE FlowId = \"f.a1\""));

    assertThat(why())
        .endsWith(
            """
              ! line 5: WHERE FlowId = "f.a1" was false: FlowId = "F.A1"
                "F.A1" and "f.a1" differ in case only: = minds it, =~ does not
            """);
  }

  @Test
  void behaviourOfTheServerIsAHint() throws IOException {
    fleet.rule("Blue.Kiosks", blue("ClientId", COMPLETIONS + " WHERE Flow.state = \"FINISHED\""));

    assertThat(why())
        .contains(
            "! line 5: WHERE Flow.state = \"FINISHED\" was false: Flow.state = 2\n    Q-01: ");
  }

  @Test
  void theRowThatChangedNothingIsShown() throws IOException {
    fleet.rule(
        "Blue.Kiosks",
        "SELECT if(condition=ClientId =~ \"server\", then=label(client_id=ClientId,"
            + " labels=\"Blue\", op=\"set\")) AS L FROM "
            + COMPLETIONS);

    assertThat(why())
        .endsWith("! a row came out, but nothing of this client was changed: {\"L\":null}\n");
  }

  @Test
  void aCallThatFailedQuietlyIsShown() throws IOException {
    fleet.rule("Blue.Kiosks", blue("Flow.client", COMPLETIONS));

    assertThat(why()).endsWith("  ! a call failed: label: ClientId not provided\n");
  }

  @Test
  void aPlanTellsQuietFailuresTooAndThatItFailed() throws IOException {
    fleet.rule("Blue.Kiosks", blue("Flow.client", COMPLETIONS));

    Plan plan = fleet.play().plan();
    assertThat(plan.failed()).isTrue();
    StringBuilder out = new StringBuilder();
    PlanText.write(plan, out, 0);
    assertThat(out.toString())
        .contains("1 row, 0 errors\n  label: ClientId not provided\n0 of 1 client");
  }

  @Test
  void aPlanWithoutRulesSaysSo() throws IOException {
    StringBuilder out = new StringBuilder();
    PlanText.write(fleet.play().plan(), out, 0);

    assertThat(out.toString()).contains("No rule runs: ");
  }

  @Test
  void resultsOfAnArtifactThatIsNotThereAreShown() throws IOException {
    fleet.rule(
        "Blue.Kiosks",
        "SELECT * FROM foreach(row={SELECT * FROM "
            + COMPLETIONS
            + "}, query={"
            + blue("ClientId", "source(client_id=ClientId, flow_id=FlowId, artifact=\"No.Such\")")
            + "})");

    assertThat(why())
        .endsWith(
            """
              - no row came out
              ! a call failed: source: Artifact No.Such not known
            """);
  }

  @Test
  void aHuntThatDidNotTakeTheClientSaysWhy() throws IOException {
    fleet
        .file(
            "hunts.jsonl",
            hunt("H.A", "\"labels\":{\"label\":[\"Red\"]}", 0)
                + hunt("H.B", "\"excluded_labels\":{\"label\":[\"kiosk\"]}", 0)
                + hunt("H.C", "\"os\":{\"os\":\"LINUX\"}", 0)
                + hunt("H.D", "\"labels\":{\"label\":[\"Kiosk\"]}", 1_600_000_001)
                + hunt("H.E", "\"labels\":{\"label\":[\"Other\"]}", 0))
        .step("\"do\":\"advance\",\"seconds\":1")
        .step("\"do\":\"label\",\"client\":\"" + CLIENT + "\",\"set\":[\"Kiosk\"]")
        .step("\"do\":\"advance\",\"seconds\":1")
        .step("\"do\":\"checkin\",\"client\":\"" + CLIENT + "\"");

    assertThat(why())
        .contains(
            "! hunt H.A (Look) did not take the client: it is for the labels [Red], the client has"
                + " [Kiosk]",
            "! hunt H.B (Look) did not take the client: it excludes the label \"kiosk\", which the"
                + " client has",
            "! hunt H.C (Look) did not take the client: it is for LINUX, the client has windows")
        .doesNotContain("H.D");
  }

  private static String hunt(String id, String condition, long expires) {
    return "{\"hunt_id\":\""
        + id
        + "\",\"hunt_description\":\"Look\",\"state\":\"RUNNING\",\"start_time\":1600000000000000,"
        + "\"expires\":"
        + (expires == 0 ? 1_700_000_000L : expires) * 1_000_000
        + ",\"condition\":{"
        + condition
        + "},\"artifacts\":[\"Generic.Client.Info\"],"
        + "\"start_request\":{\"artifacts\":[\"Generic.Client.Info\"]}}\n";
  }

  @Test
  void aHuntThatNeverLookedIsToldFromOneThatRefused() throws IOException {
    fleet
        .file("hunts.jsonl", hunt("H.A", "\"os\":{\"os\":\"WINDOWS\"}", 0))
        .step("\"do\":\"advance\",\"seconds\":1");

    assertThat(why()).contains("! hunt H.A (Look) never looked at the client: it did not check in");
  }

  @Test
  void aHuntThatHadExpiredSaysSo() throws IOException {
    fleet
        .file("hunts.jsonl", hunt("H.A", "\"labels\":{\"label\":[\"Kiosk\"]}", 0))
        .step("\"do\":\"advance\",\"seconds\":200000000")
        .step("\"do\":\"label\",\"client\":\"" + CLIENT + "\",\"set\":[\"Kiosk\"]");

    assertThat(why()).contains("hunt H.A (Look) ", "expired");
  }

  @Test
  void bothOrdersAreShownWhereTheyDiffer() throws IOException {
    fleet.settings("interrogation_order: both\n");
    fleet.rule(
        "Blue.Kiosks",
        "SELECT * FROM foreach(row={SELECT * FROM "
            + COMPLETIONS
            + "}, query={"
            + blue("ClientId", "clients(client_id=ClientId) WHERE os_info.release =~ \"11\"")
            + "})");

    assertThat(why())
        .contains("has the label \"Blue\"", "\nOtherwise where a rule handles a completion before")
        .contains("! line 5: WHERE os_info.release =~ \"11\" was false: os_info.release = \"\"")
        .contains("    Q-37: ");
  }

  @Test
  void aClientThatNeverAnsweredItsInterrogationSaysSo() throws IOException {
    fleet.rule("Blue.Kiosks", blue("ClientId", COMPLETIONS));
    fleet.rule(
        "Blue.Known",
        blue("ClientId", "watch_monitoring(artifact=\"Server.Internal.Interrogation\")"));
    fleet.rule("Blue.New", blue("ClientId", "watch_monitoring(artifact=\"Some.Doors\")"));
    fleet.artifact("Some.Doors", "type: CLIENT_EVENT\n");
    fleet.step("\"do\":\"enrol\",\"client\":\"C.00000000000000a2\"");
    String silent = " because the client never answered flow F.01 (Generic.Client.Info)\n";

    assertThat(why("C.00000000000000a2", "Blue"))
        .contains("! no event was sent to System.Flow.Completion, which it watches" + silent)
        .contains("! no event was sent to Server.Internal.Interrogation, which it watches" + silent)
        .contains("! no event was sent to Some.Doors, which it watches\n");
    fleet.step("\"do\":\"complete\",\"client\":\"" + CLIENT + "\",\"flow\":\"F.A1\"");
    assertThat(why("C.00000000000000a2", "Blue"))
        .contains("! the one event was not about this client" + silent);
  }

  @Test
  void aNameInPlaceOfAnIdIsRecognised() throws IOException {
    assertThat(why("kiosk", "Blue"))
        .contains("kiosk is not known", "! did you mean C.00000000000000a1 (Kiosk)?");
  }
}
