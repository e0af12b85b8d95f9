package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.TestFleet.Played;

/** Quirks of records, labels and the queues of events. */
class RecordQuirksTest {
  static final String INFO = "Generic.Client.Info/BasicInformation";
  static final String COMPLETION = "System.Flow.Completion";
  static final String LABEL = "Server.Internal.Label";
  static final String METADATA = "Server.Internal.MetadataModifications";

  @TempDir Path folder;
  private TestFleet fleet;

  @BeforeEach
  void fleet() {
    fleet = new TestFleet(folder);
  }

  static String from(String queue) {
    return "FROM watch_monitoring(artifact=\"" + queue + "\")";
  }

  private static String host(String name, String labels) {
    return "{\"OS\":\"windows\",\"Hostname\":\""
        + name
        + "\",\"Fqdn\":\""
        + name
        + ".corp.example\",\"Platform\":\"Windows Server 2019\",\"PlatformVersion\":\"10.0\","
        + "\"Labels\":"
        + labels
        + "}";
  }

  /** Two clients, each with one interrogation that completes. */
  private TestFleet twoInterrogations() {
    return fleet
        .client("C.1")
        .client("C.2")
        .flow("C.1", "F.1", INFO, host("a", "null"))
        .flow("C.2", "F.2", INFO, host("b", "null"));
  }

  private TestFleet twice() {
    return fleet.steps(2, "'do':'metadata','client':'C.1','set':{'k':'$'}".replace('\'', '"'));
  }

  @Test
  @Quirk("Q-01")
  void aStateIsANumberWhileTheEventIsLive() {
    Played played =
        twoInterrogations()
            .rule(
                "R",
                "SELECT Flow.state =~ \"FINISHED\" AS Live,\n"
                    + "  get_flow(client_id=ClientId, flow_id=FlowId).state AS Stored\n"
                    + from(COMPLETION))
            .play();

    String row = "{\"Live\":false,\"Stored\":\"FINISHED\"}";
    assertThat(played.rowsOf("R")).containsExactly(row, row);
    played.warned("Q-01", "R", 2);
  }

  @Test
  @Quirk("Q-02")
  void stampsOfStoredEventsAreMilliseconds() {
    Played played =
        twice()
            .client("C.1")
            .rule(
                "R",
                "SELECT * FROM foreach(row={ SELECT _ts AS Live "
                    + from(METADATA)
                    + " },\n query={ SELECT Live, _ts AS Stored FROM monitoring(\n"
                    + "   client_id=\"server\", artifact=\""
                    + METADATA
                    + "\") })")
            .play();

    assertThat(played.rowsOf("R"))
        .as("the first event reads itself, the second both")
        .hasSize(3)
        .containsOnly("{\"Live\":1600000000,\"Stored\":1600000000000}");
    played.warned("Q-02", "R", 2);
  }

  @Test
  @Quirk("Q-03")
  void timesOfOfflineCollectorsAreNanoseconds() {
    String context =
        "{\"session_id\":\"F.BOX\",\"create_time\":1600000003000000000,"
            + "\"start_time\":1600000004000000000,\"state\":2}";
    String client = "{\"Hostname\":\"BOX\",\"HostID\":\"77aa\",\"OS\":\"windows\"}";
    Played played =
        fleet
            .step("\"do\":\"import\",\"path\":\"box.zip\"")
            .step("\"do\":\"import\",\"path\":\"box.zip\"")
            .archive("box.zip", "collection_context.json", context, "client_info.json", client)
            .rule("R", "SELECT Flow.start_time AS T " + from(COMPLETION))
            .play();

    assertThat(played.rowsOf("R"))
        .containsExactly("{\"T\":1600000004000000}", "{\"T\":1600000004000000}");
    played.warned("Q-03", null, 2);
  }

  @Test
  @Quirk("Q-04")
  void aReleaseIsPlatformAndVersionInOneWord() {
    Played played =
        twoInterrogations()
            .rule(
                "R",
                "SELECT client_info(client_id=ClientId).os_info.release AS Release "
                    + from("Server.Internal.Interrogation"))
            .play();

    assertThat(played.rowsOf("R"))
        .hasSize(2)
        .allMatch(row -> row.equals("{\"Release\":\"Windows Server 201910.0\"}"));
    played.warned("Q-04", "R", 2);
  }

  private TestFleet readingClients(String columns) {
    return twice()
        .client("C.1", "\"first_seen_at\":1500000000", "\"ping\":1500000001000000")
        .rule(
            "R",
            "SELECT * FROM foreach(row={ SELECT * "
                + from(METADATA)
                + " },\n query={ SELECT "
                + columns
                + " FROM clients(client_id=client_id) })");
  }

  @Test
  @Quirk("Q-05")
  void theTwoTimesOfAClientHaveTwoUnits() {
    Played played = readingClients("first_seen_at AS F, last_seen_at AS L").play();

    assertThat(played.rowsOf("R"))
        .hasSize(2)
        .allMatch(row -> row.equals("{\"F\":1500000000,\"L\":1500000001000000}"));
    played.warned("Q-05", "R", 2);
  }

  @Test
  @Quirk("Q-06")
  void threeColumnsAreAlwaysZero() {
    fleet
        .step("\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"x\"]")
        .step("\"do\":\"checkin\",\"client\":\"C.1\"")
        .rule("Unconcerned", "SELECT client_info(client_id=\"C.1\") AS C " + from(METADATA));
    Played played =
        readingClients(
                "last_hunt_timestamp AS H, last_event_table_version AS E,"
                    + " last_label_timestamp AS L")
            .play();

    assertThat(played.rowsOf("R"))
        .hasSize(2)
        .allMatch(row -> row.equals("{\"H\":0,\"E\":0,\"L\":0}"));
    played.warned("Q-06", "R", 2);
  }

  @Test
  @Quirk("Q-07")
  void onlySettingTrims() {
    Played played =
        fleet
            .client("C.1")
            .step("\"do\":\"label\",\"client\":\"C.1\",\"set\":[\" X \"]")
            .step("\"do\":\"label\",\"client\":\"C.1\",\"remove\":[\" X \"]")
            .play();

    assertThat(played.labels()).containsExactly("{\"client_id\":\"C.1\",\"labels\":[\"X\"]}");
    played.warned("Q-07", null, 2);
  }

  @Test
  @Quirk("Q-08")
  void aLabelThatIsThereIsAnEventAgain() {
    Played played =
        fleet
            .client("C.1")
            .steps(3, "\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"x\"]")
            .play(LABEL);

    assertThat(played.events().get(LABEL)).hasSize(3);
    assertThat(played.labels()).containsExactly("{\"client_id\":\"C.1\",\"labels\":[\"x\"]}");
    assertThat(played.plan().changes())
        .extracting(change -> change.effective())
        .containsExactly(true, false, false);
    played.warned("Q-08", null, 2);
  }

  @Test
  @Quirk("Q-09")
  void aConfiguredLabelComesBack() {
    String remove = "\"do\":\"label\",\"client\":\"C.1\",\"remove\":[\"Lab\"]";
    String complete = "\"do\":\"complete\",\"client\":\"C.1\",\"flow\":\"F.1\",\"again\":true";
    String snapshot =
        "\"do\":\"event\",\"artifact\":\"Server.Internal.ClientInfo\",\"client\":\"C.1\","
            + "\"row\":{\"labels\":[\"Lab\"]}";
    Played played =
        fleet
            .client("C.1")
            .flow("C.1", "F.1", INFO, host("a", "[\"Lab\"]"))
            .step(complete)
            .step(remove)
            .step(complete)
            .step(remove)
            .step(snapshot)
            .play();

    assertThat(played.labels()).containsExactly("{\"client_id\":\"C.1\",\"labels\":[\"Lab\"]}");
    played.warned("Q-09", null, 2);
  }

  @Test
  @Quirk("Q-10")
  void someQueuesHaveNoDefinition() {
    String label = "\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"x$\"]";
    Played played =
        fleet
            .client("C.1")
            .steps(1, label)
            .step("\"do\":\"restart\"")
            .steps(1, label)
            .rule("R", "SELECT Operation AS O " + from(LABEL))
            .play();

    assertThat(played.rowsOf("R")).containsExactly("{\"O\":\"Add\"}", "{\"O\":\"Add\"}");
    played.warned("Q-10", "R", 2);
  }

  @Test
  @Quirk("Q-11")
  void theFlowOfACompletionHasNoRequest() {
    Played played =
        twoInterrogations()
            .rule(
                "R",
                "SELECT Flow.request.artifacts AS A, Flow.create_time AS C " + from(COMPLETION))
            .play();

    String row = "{\"A\":null,\"C\":0}";
    assertThat(played.rowsOf("R")).containsExactly(row, row);
    played.warned("Q-11", "R", 4);
  }

  @Test
  @Quirk("Q-12")
  void anUnknownOperationLooksLikeSuccess() {
    Played played =
        twoInterrogations()
            .rule(
                "R",
                "SELECT label(client_id=ClientId, labels=\"x\", op=\"Set\") AS L "
                    + from(COMPLETION))
            .play();

    assertThat(played.rowsOf("R"))
        .hasSize(2)
        .contains("{\"L\":{\"ClientId\":\"C.1\",\"Labels\":[\"x\"],\"Op\":\"Set\"}}");
    assertThat(played.labels()).isEmpty();
    assertThat(played.plan().rules().get(0).errors()).isZero();
    played.warned("Q-12", "R", 2);
  }

  @Test
  @Quirk("Q-13")
  void labellingAnUnknownClientCreatesIt() {
    Played played =
        fleet
            .steps(2, "\"do\":\"label\",\"client\":\"C.$\",\"set\":[\"x\"]")
            .rule(
                "R",
                "SELECT * FROM foreach(row={ SELECT * "
                    + from(LABEL)
                    + " }, query={ SELECT client_id FROM clients(search=\"label:x\") })")
            .rule(
                "All",
                "SELECT * FROM foreach(row={ SELECT * "
                    + from(LABEL)
                    + " }, query={ SELECT client_id FROM clients() })")
            .play();

    assertThat(played.rowsOf("R"))
        .containsExactly(
            "{\"client_id\":\"C.1\"}", "{\"client_id\":\"C.1\"}", "{\"client_id\":\"C.2\"}");
    assertThat(played.rowsOf("All")).isEmpty();
    played.warned("Q-13", null, 2);
  }

  @Test
  @Quirk("Q-14")
  void aSearchIsByPrefix() {
    Played played =
        twice()
            .client("C.1", "\"labels\":[\"servers-old\"]")
            .rule(
                "R",
                "SELECT * FROM foreach(row={ SELECT * "
                    + from(METADATA)
                    + " },\n query={ SELECT labels FROM clients(search=\"label:Server\") })")
            .play();

    assertThat(played.rowsOf("R"))
        .hasSize(2)
        .allMatch(row -> row.equals("{\"labels\":[\"servers-old\"]}"));
    played.warned("Q-14", "R", 2);
  }

  @Test
  @Quirk("Q-15")
  void aRebuildForgetsFullNames() {
    Played played =
        fleet
            .client("C.1")
            .flow("C.1", "F.1", INFO, host("h", "null"))
            .step("\"do\":\"complete\",\"client\":\"C.1\",\"flow\":\"F.1\"")
            .steps(1, "\"do\":\"metadata\",\"client\":\"C.1\",\"set\":{\"a\":\"$\"}")
            .step("\"do\":\"advance\",\"seconds\":301")
            .steps(2, "\"do\":\"metadata\",\"client\":\"C.1\",\"set\":{\"b\":\"$\"}")
            .rule(
                "R",
                "SELECT * FROM foreach(row={ SELECT _ts "
                    + from(METADATA)
                    + " }, query={ SELECT _ts AS T FROM clients(search=\"host:h.corp.example\") })")
            .play();

    assertThat(played.rowsOf("R")).containsExactly("{\"T\":1600000000}");
    played.warned("Q-15", "R", 2);
  }

  @Test
  @Quirk("Q-16")
  void makingAClientFiresNothing() {
    Played played =
        twice()
            .client("C.1")
            .rule(
                "R",
                "SELECT client_create(client_id=\"C.a\" + str(str=_ts), labels=\"x\").labels AS L "
                    + from(METADATA))
            .play(LABEL, "Server.Internal.Enrollment");

    assertThat(played.rowsOf("R")).hasSize(2).allMatch(row -> row.equals("{\"L\":[\"x\"]}"));
    assertThat(played.events().values()).allMatch(List::isEmpty);
    played.warned("Q-16", "R", 2);
  }
}
