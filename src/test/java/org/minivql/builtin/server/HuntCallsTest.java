package org.minivql.builtin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.format.Json;
import org.minivql.registry.event.Origin;
import org.minivql.value.Dict;

class HuntCallsTest {
  private static final String USERS = "Generic.Client.Info/Users";

  private final Bench bench = new Bench();
  private final List<Dict> rows = new ArrayList<>();

  @BeforeEach
  void fleet() {
    bench.client("C.0a", "fs", "Server");
    bench.client("C.0b", "ws", "Desk");
    bench.client("C.0c", "new");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String hunt(String arguments) {
    Dict row =
        bench
            .rows(
                "SELECT hunt(artifacts='Generic.Client.Info'"
                    + (arguments.isEmpty() ? "" : ", " + arguments)
                    + ") AS H FROM scope()")
            .get(0);
    return row.get("H") == null ? null : (String) ((Dict) row.get("H")).get("HuntId");
  }

  private String members(String huntId) {
    StringBuilder out = new StringBuilder();
    bench
        .server
        .hunts()
        .members(huntId, row -> out.append(((String) row.get("ClientId")).substring(3)) != null);
    return out.toString();
  }

  private void everyoneChecksIn() {
    List.of("C.0a", "C.0b", "C.0c").forEach(bench.server.hunts()::checkIn);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "description='d' | abc",
        "include_labels=['server','lab'] | a",
        "exclude_labels='DESK' | ac",
        "include_labels=['Server','Desk'], exclude_labels='desk' | a",
        "include_labels='ALL' | abc",
        "pause=TRUE | ''",
        "os='linux' | ''"
      })
  void whoTakesPartIsDecidedAtCheckIn(String arguments, String who) {
    String id = hunt(arguments);
    assertThat(members(id)).isEmpty();
    everyoneChecksIn();
    assertThat(members(id)).isEqualTo(who.equals("''") ? "" : who);
    everyoneChecksIn();
    assertThat(members(id)).isEqualTo(who.equals("''") ? "" : who);
  }

  @Test
  void aLabelLetsAClientInLater() {
    String id = hunt("include_labels='Late'");
    everyoneChecksIn();
    bench.value("label(client_id='C.0b', labels='late', op='set')");
    assertThat(members(id)).isEqualTo("b");
    assertThat(bench.json("SELECT session_id, state FROM flows(client_id='C.0b')"))
        .isEqualTo("{\"session_id\":\"F.01.H\",\"state\":\"RUNNING\"}");
    assertThat(bench.value("hunt_info(hunt_id='F.01.H').stats.total_clients_scheduled"))
        .isEqualTo("1");
  }

  @Test
  void removingAnExcludedLabelDoesNot() {
    String id = hunt("exclude_labels='Desk'");
    everyoneChecksIn();
    bench.value("label(client_id='C.0b', labels='Desk', op='remove')");
    everyoneChecksIn();
    assertThat(members(id)).isEqualTo("ac");
    assertThat(bench.warnings()).containsKeys("Q-39", "Q-40");
    bench.rows("SELECT hunt_update(hunt_id='" + id + "', stop=TRUE) FROM scope()");
    bench.clock.advance(1);
    bench.rows("SELECT hunt_update(hunt_id='" + id + "', start=TRUE) FROM scope()");
    everyoneChecksIn();
    assertThat(members(id)).isEqualTo("abc");
  }

  @Test
  void anInterrogationLetsAClientIntoAHuntByOperatingSystem() {
    String id = hunt("os='windows'");
    everyoneChecksIn();
    String source = "Generic.Client.Info/BasicInformation";
    Dict flow = bench.flow("C.0c", "F.i", source, Dict.of("OS", "windows", "Hostname", "n"));
    bench.server.flows().complete(flow, Origin.SERVER);
    assertThat(members(id)).isEqualTo("c");
  }

  @Test
  void anOperatingSystemReplacesTheLabels() {
    Dict made =
        bench
            .rows(
                "SELECT hunt(artifacts='Generic.Client.Info', os='linux', include_labels='A',"
                    + " exclude_labels='B').Request AS R FROM scope()")
            .get(0);
    assertThat(Json.text(made.get("R")))
        .contains("\"condition\":{\"UnionField\":{\"Os\":{\"os\":2}}}")
        .contains("\"state\":2")
        .doesNotContain("excluded");
    assertThat(bench.log)
        .containsExactly(
            "hunt: Both OS and label conditions set, ignoring include label conditions");
    assertThat(bench.warnings()).containsKey("Q-23");
    assertThat(bench.value("hunt_info(hunt_id='H.01').condition"))
        .isEqualTo(
            "{\"excluded_labels\":{\"label\":[]},\"labels\":{\"label\":[]},\"os\":{\"os\":\"LINUX\"}}");
  }

  @Test
  void theRawConditionHasItsChoiceOneLevelDeeper() {
    assertThat(
            bench.value(
                "hunt(artifacts='Generic.Client.Info', include_labels='A',"
                    + " exclude_labels=['B','C']).Request.condition"))
        .isEqualTo(
            "{\"excluded_labels\":{\"label\":[\"B\",\"C\"]},"
                + "\"UnionField\":{\"Labels\":{\"label\":[\"A\"]}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "os='Windows' | hunt: OS condition invalid Windows (should be linux, windows, darwin)",
        "expires=1000 | hunt: expiry time 1970-01-01 00:16:40 +0000 UTC in the past",
        "spec=dict(`No.Such`=dict()) | hunt: Parameter refers to an unknown artifact (No.Such). The"
            + " parameter should be of the form {\"Custom.Artifact.Name\":{\"arg\":\"value\"}}"
      })
  void aHuntThatCannotBeIsRefused(String arguments, String message) {
    assertThat(hunt(arguments)).isNull();
    assertThat(bench.log).containsExactly(message);
  }

  @Test
  void theEndIsTakenFromNumbersOfAnySize() {
    hunt("expires=1600000000");
    hunt("expires=1600000000000000000");
    hunt("");
    assertThat(bench.json("SELECT expires AS E FROM hunts()"))
        .isEqualTo("{\"E\":1600000000000000}\n{\"E\":1600000000000000}\n{\"E\":1591543685000000}");
    assertThat(bench.json("SELECT start_time = create_time AS S FROM hunts(hunt_id='H.01')"))
        .isEqualTo("{\"S\":true}");
  }

  @Test
  void anExpiredHuntStopsAtTheNextClient() {
    String id = hunt("expires=1590938890");
    bench.server.hunts().checkIn("C.0a");
    bench.clock.advance(100);
    bench.server.hunts().checkIn("C.0b");
    assertThat(members(id)).isEqualTo("a");
    assertThat(bench.value("hunt_info(hunt_id='H.01').state")).isEqualTo("\"STOPPED\"");
    assertThat(bench.value("hunt_info(hunt_id='H.01').stats.stopped")).isEqualTo("true");
  }

  @Test
  void anOperatingSystemDoesNotLetInWhoHasAnExcludedLabel() {
    for (String client : List.of("C.0a", "C.0b", "C.0c")) {
      String system = client.equals("C.0c") ? "linux" : "windows";
      bench.server.clients().update(client, record -> record.with("system", system));
    }
    load(
        "condition",
        Dict.of(
            "os",
            Dict.of("os", "WINDOWS"),
            "excluded_labels",
            Dict.of("label", List.of("server"))));
    everyoneChecksIn();
    assertThat(members("H.made")).isEqualTo("b");
  }

  @Test
  void aHuntWithEnoughClientsStopsAtTheNext() {
    load("client_limit", 1L);
    everyoneChecksIn();
    assertThat(members("H.made")).isEqualTo("a");
    assertThat(bench.value("hunt_info(hunt_id='H.made').state")).isEqualTo("\"STOPPED\"");
    assertThat(bench.value("hunt_info(hunt_id='H.made').stats.stopped")).isEqualTo("true");
  }

  private void load(String field, Object value) {
    Dict hunt =
        Dict.of(
            "hunt_id", "H.made", "state", "RUNNING", "start_time", 1590938885000000L, field, value);
    bench.server.hunts().load(hunt, List.of());
  }

  @Test
  void addingByHandSkipsEverything() {
    String id = hunt("pause=TRUE, exclude_labels='Desk'");
    assertThat(bench.value("hunt_add(client_id='C.0b', hunt_id='" + id + "')"))
        .isEqualTo("\"C.0b\"");
    assertThat(members(id)).isEqualTo("b");
    assertThat(bench.value("hunt_add(client_id='C.0b', hunt_id='" + id + "', relaunch=TRUE)"))
        .isEqualTo("\"F.01\"");
    bench.value("hunt_add(client_id='server', hunt_id='" + id + "')");
    bench.value("hunt_add(client_id='C.0b', hunt_id='H.none')");
    assertThat(bench.log)
        .containsExactly(
            "hunt_add: The server can not participate in a hunt",
            "hunt_add: Hunt id not found H.none");
  }

  @Test
  void tagsAreCalledLabels() {
    String id = hunt("tags=['a','b']");
    assertThat(bench.value("hunt_update(hunt_id='" + id + "', add_labels='c', del_labels=['a'])"))
        .isEqualTo("[\"b\",\"c\"]");
    assertThat(bench.warnings()).containsKey("Q-24");
    assertThat(bench.value("hunt_update(hunt_id='" + id + "', description='new')"))
        .isEqualTo("\"" + id + "\"");
    assertThat(bench.value("hunt_info(hunt_id='" + id + "').hunt_description"))
        .isEqualTo("\"new\"");
  }

  @Test
  void resultsOfAllClientsCarryWhoTheyAreFrom() {
    String id = hunt("");
    everyoneChecksIn();
    for (String client : List.of("C.0a", "C.0b")) {
      Dict flow = bench.flow(client, "F.01.H", USERS, Dict.of("U", client));
      bench.server.flows().complete(flow, Origin.SERVER);
    }
    String select = "SELECT * FROM hunt_results(hunt_id='" + id + "'";
    assertThat(bench.json(select + ", artifact='" + USERS + "')"))
        .isEqualTo(
            "{\"U\":\"C.0a\",\"FlowId\":\"F.01.H\",\"ClientId\":\"C.0a\",\"_OrgId\":\"root\",\"Fqdn\":\"\"}\n"
                + "{\"U\":\"C.0b\",\"FlowId\":\"F.01.H\",\"ClientId\":\"C.0b\",\"_OrgId\":\"root\",\"Fqdn\":\"\"}");
    assertThat(bench.rows(select + ", artifact='Generic.Client.Info', source='Users')")).isEmpty();
    assertThat(bench.rows("SELECT * FROM source(hunt_id='" + id + "', artifact='" + USERS + "')"))
        .hasSize(2);
    assertThat(bench.rows(select + ", artifact='Other')")).isEmpty();
    assertThat(bench.log)
        .containsExactly(
            "hunt_results: artifact Other not available in hunt. Available artifacts are"
                + " [Generic.Client.Info/BasicInformation Generic.Client.Info/Users]");
    assertThat(bench.rows("SELECT * FROM hunt_flows(hunt_id='" + id + "', start_row=1, `limit`=1)"))
        .hasSize(2);
    assertThat(bench.warnings()).containsKeys("Q-25", "Q-26");
    assertThat(bench.value("hunt_info(hunt_id='" + id + "').stats.total_clients_with_results"))
        .isEqualTo("2");
  }

  @Test
  void aNewHuntIsAnnouncedInItsRawForm() {
    bench.rule("H", "SELECT * FROM watch_monitoring(artifact='System.Hunt.Creation')", rows);
    hunt("description='d'");
    assertThat(Json.text(rows.get(0)))
        .startsWith("{\"Timestamp\":1590938885,\"Hunt\":{\"hunt_id\":\"H.01\",")
        .contains("\"state\":2");
  }

  @Test
  void aDeletedHuntIsGoneWithItsFlows() {
    String id = hunt("");
    everyoneChecksIn();
    assertThat(bench.rows("SELECT * FROM hunt_delete(hunt_id='" + id + "')")).hasSize(3);
    assertThat(bench.rows("SELECT * FROM hunts()")).hasSize(1);
    bench.rows("SELECT * FROM hunt_delete(hunt_id='" + id + "', really_do_it=TRUE)");
    assertThat(bench.rows("SELECT * FROM hunts()")).isEmpty();
    assertThat(bench.rows("SELECT * FROM flows(client_id='C.0a')")).isEmpty();
  }
}
