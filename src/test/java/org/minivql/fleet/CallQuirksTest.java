package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minivql.fleet.RecordQuirksTest.COMPLETION;
import static org.minivql.fleet.RecordQuirksTest.INFO;
import static org.minivql.fleet.RecordQuirksTest.METADATA;
import static org.minivql.fleet.RecordQuirksTest.from;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.TestFleet.Played;

/** Quirks of functions and plugins, each met by a rule that two events trigger. */
class CallQuirksTest {
  private static final String QUEUE =
      "type: SERVER_EVENT\nsources:\n  - query: SELECT * FROM clock(period=86400)\n";

  @TempDir Path folder;
  private TestFleet fleet;

  @BeforeEach
  void fleet() {
    fleet =
        new TestFleet(folder)
            .client("C.1")
            .client("C.2")
            .artifact("Custom.Queue", QUEUE)
            .artifact(
                "Custom.Things",
                "sources:\n"
                    + "  - name: One\n    query: SELECT 1 AS N FROM scope()\n"
                    + "  - name: Two\n    query: SELECT 2 AS N FROM scope()\n");
  }

  private TestFleet twice() {
    return fleet.steps(2, "\"do\":\"metadata\",\"client\":\"C.1\",\"set\":{\"k\":\"$\"}");
  }

  /** The rule R yields the value of an expression for each of two events. */
  private Played valueTwice(String expression, String... queues) {
    return twice().rule("R", "SELECT " + expression + " AS V " + from(METADATA)).play(queues);
  }

  /** The rule R yields the rows of a query for each of two events. */
  private Played rowsTwice(String query, String... before) {
    for (String step : before) {
      fleet.step(step);
    }
    return twice()
        .rule(
            "R",
            "SELECT * FROM foreach(row={ SELECT * "
                + from(METADATA)
                + " },\n  query={ "
                + query
                + " })")
        .play();
  }

  private static String event(String row) {
    return "\"do\":\"event\",\"artifact\":\"Custom.Queue\",\"row\":" + row;
  }

  @Test
  @Quirk("Q-17")
  void parametersThatAreNotDeclaredAreDropped() {
    Played played =
        valueTwice(
            "collect_client(client_id=\"C.1\", artifacts=\"Custom.Things\","
                + " env=dict(Nope=\"1\")).request.specs[0].parameters.env");

    assertThat(played.rowsOf("R")).containsExactly("{\"V\":[]}", "{\"V\":[]}");
    played.warned("Q-17", "R", 2);
  }

  @Test
  @Quirk("Q-18")
  void timesOfTheScopeAreIgnored() {
    Played played =
        rowsTwice(
            "SELECT N FROM foreach(row={ SELECT \"2030-01-01T00:00:00Z\" AS StartTime FROM scope()"
                + " }, query={ SELECT N FROM source(artifact=\"Custom.Queue\") })",
            event("{\"N\":1}"));

    assertThat(played.rowsOf("R")).containsExactly("{\"N\":1}", "{\"N\":1}");
    played.warned("Q-18", "R", 2);
  }

  @Test
  @Quirk("Q-19")
  void aCountIsIgnoredForEvents() {
    Played played =
        rowsTwice(
            "SELECT N FROM source(artifact=\"Custom.Queue\", count=1)",
            event("{\"N\":1}"),
            event("{\"N\":2}"));

    assertThat(played.rowsOf("R")).hasSize(4);
    played.warned("Q-19", "R", 2);
  }

  @Test
  @Quirk("Q-20")
  void aResultSetThatIsNotThereIsEmpty() {
    Played played =
        rowsTwice(
            "SELECT * FROM source(client_id=\"C.1\", flow_id=\"F.none\", artifact=\""
                + INFO
                + "\")");

    assertThat(played.rowsOf("R")).isEmpty();
    assertThat(played.plan().rules().get(0).errors()).isZero();
    played.warned("Q-20", "R", 2);
  }

  @Test
  @Quirk("Q-21")
  void aQueueOfNamedSourcesHasNoEventsUnderTheBareName() {
    String event = "\"do\":\"event\",\"artifact\":\"Custom.Multi/A\",\"row\":{\"N\":1}";
    Played played =
        fleet
            .artifact(
                "Custom.Multi",
                "type: SERVER_EVENT\nsources:\n"
                    + "  - name: A\n    query: SELECT * FROM clock(period=86400)\n"
                    + "  - name: B\n    query: SELECT * FROM clock(period=86400)\n")
            .rule("Bare", "SELECT N " + from("Custom.Multi"))
            .rule("Full", "SELECT N " + from("Custom.Multi/A"))
            .step(event)
            .step("\"do\":\"restart\"")
            .step(event)
            .play();

    assertThat(played.rowsOf("Bare")).isEmpty();
    assertThat(played.rowsOf("Full")).containsExactly("{\"N\":1}", "{\"N\":1}");
    played.warned("Q-21", "Bare", 2);
  }

  @Test
  @Quirk("Q-22")
  void aServerEventNeedsTheServerAsItsClient() {
    Played played =
        valueTwice("send_event(artifact=\"Custom.Queue\", row=dict(N=1))", "Custom.Queue");

    assertThat(played.rowsOf("R")).containsExactly("{\"V\":null}", "{\"V\":null}");
    assertThat(played.events().get("Custom.Queue")).isEmpty();
    assertThat(played.log())
        .contains("send_event: Only servers can write to a SERVER_EVENT artifact_type");
    played.warned("Q-22", "R", 2);
  }

  @Test
  @Quirk("Q-23")
  void anOperatingSystemDiscardsTheLabelsOfAHunt() {
    Played played =
        valueTwice(
            "hunt_info(hunt_id=hunt(artifacts=\"Custom.Things\", os=\"linux\","
                + " include_labels=\"A\", exclude_labels=\"B\").HuntId).condition");

    assertThat(played.rowsOf("R"))
        .hasSize(2)
        .allMatch(
            row ->
                row.equals(
                    "{\"V\":{\"excluded_labels\":{\"label\":[]},\"labels\":{\"label\":[]},"
                        + "\"os\":{\"os\":\"LINUX\"}}}"));
    played.warned("Q-23", "R", 2);
  }

  private static String hunt(String conditions) {
    return "\"do\":\"hunt\",\"hunt\":{\"artifacts\":[\"Custom.Things\"]" + conditions + "}";
  }

  private static String checkIn(String client) {
    return "\"do\":\"checkin\",\"client\":\"" + client + "\"";
  }

  @Test
  @Quirk("Q-24")
  void labelsOfAHuntAreItsTags() {
    fleet.step(hunt(""));
    Played played = valueTwice("hunt_update(hunt_id=\"H.01\", add_labels=\"t\")");

    assertThat(played.rowsOf("R")).containsExactly("{\"V\":[\"t\"]}", "{\"V\":[\"t\"]}");
    played.warned("Q-24", "R", 2);
  }

  @Test
  @Quirk("Q-25")
  void aSourceByItselfFindsNoResultsOfAHunt() {
    fleet.file("hosts/C.1/info.json", "{}");
    String results = "SELECT N FROM hunt_results(hunt_id=\"H.01\", artifact=\"Custom.Things";
    fleet.rule(
        "Right",
        "SELECT * FROM foreach(row={ SELECT * "
            + from(METADATA)
            + " }, query={ "
            + results
            + "/Two\") })");
    Played played = rowsTwice(results + "\", source=\"Two\")", hunt(""), checkIn("C.1"));

    assertThat(played.rowsOf("R")).isEmpty();
    assertThat(played.rowsOf("Right")).containsExactly("{\"N\":2}", "{\"N\":2}");
    played.warned("Q-25", "R", 2);
  }

  @Test
  @Quirk("Q-26")
  void aLimitOfHuntFlowsIsIgnored() {
    Played played =
        rowsTwice(
            "SELECT ClientId FROM hunt_flows(hunt_id=\"H.01\", `limit`=1)",
            hunt(""),
            checkIn("C.1"),
            checkIn("C.2"));

    assertThat(played.rowsOf("R")).hasSize(4);
    played.warned("Q-26", "R", 2);
  }

  @Test
  @Quirk("Q-27")
  void aCalledArtifactDoesNotAskItsPrecondition() {
    fleet
        .artifact(
            "Custom.Inner",
            "precondition: SELECT * FROM scope() WHERE FALSE\n"
                + "sources:\n  - query: SELECT 1 AS N FROM scope()\n")
        .artifact(
            "Custom.Outer",
            "precondition: SELECT * FROM scope()\n"
                + "sources:\n  - query: SELECT N FROM Artifact.Custom.Inner()\n");
    fleet.rule(
        "Asked",
        "SELECT * FROM foreach(row={ SELECT * "
            + from(METADATA)
            + " }, query={ SELECT N FROM Artifact.Custom.Inner(preconditions=TRUE) })");
    Played played = rowsTwice("SELECT N FROM Artifact.Custom.Outer(preconditions=TRUE)");

    assertThat(played.rowsOf("R")).containsExactly("{\"N\":1}", "{\"N\":1}");
    assertThat(played.rowsOf("Asked")).isEmpty();
    played.warned("Q-27", "R", 2);
  }

  @Test
  @Quirk("Q-28")
  void parametersOfEventTablesAreTexts() {
    fleet.artifact("Custom.Watch", QUEUE.replace("SERVER_EVENT", "CLIENT_EVENT"));
    Played played =
        valueTwice("add_client_monitoring(artifact=\"Custom.Watch\", parameters=dict(A=1))");

    assertThat(played.rowsOf("R")).containsExactly("{\"V\":null}", "{\"V\":null}");
    assertThat(played.log())
        .contains("add_client_monitoring: parameter A should has a string value");
    played.warned("Q-28", "R", 2);
  }

  @Test
  @Quirk("Q-37")
  void aRecordMayBeStaleInAHandler() {
    Played first = staleRecord("service_first");
    Played second = staleRecord("handler_first");

    assertThat(first.rowsOf("R")).containsExactly("{\"H\":\"after\"}", "{\"H\":\"later\"}");
    assertThat(second.rowsOf("R")).containsExactly("{\"H\":\"before\"}", "{\"H\":\"after\"}");
    first.warned("Q-37", "R", 2);
    second.warned("Q-37", "R", 2);
  }

  private Played staleRecord(String order) {
    return new TestFleet(folder)
        .settings("interrogation_order: " + order + "\n")
        .client("C.3", "\"hostname\":\"before\"")
        .flow("C.3", "F.1", INFO, "{\"OS\":\"linux\",\"Hostname\":\"after\"}")
        .flow("C.3", "F.2", INFO, "{\"OS\":\"linux\",\"Hostname\":\"later\"}")
        .rule(
            "R", "SELECT client_info(client_id=ClientId).os_info.hostname AS H " + from(COMPLETION))
        .play();
  }
}
