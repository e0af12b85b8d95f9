package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.fleet.datastore.Datastore;
import org.minivql.fleet.source.Completions;
import org.minivql.value.Dict;

/** Flows and hunts of a datastore whose own records are lost. */
class LostRecordsTest {
  private static final String HUNT =
      "{\"hunt_id\":\"H.1\",\"state\":2,\"hunt_description\":\"Doors\",\"create_time\":8000000,"
          + "\"start_request\":{\"artifacts\":[\"Shop.Doors\"]},"
          + "\"condition\":{\"UnionField\":{\"Os\":{\"os\":2}}}}";

  @TempDir Path root;

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Datastore store() {
    return new Datastore(root, Instant.ofEpochSecond(5));
  }

  private static List<String> flows(Datastore store, String clientId) {
    List<String> ids = new ArrayList<>();
    store.recorded().flows(clientId, flow -> ids.add((String) flow.get("session_id")));
    return ids;
  }

  private static List<Dict> hunts(Datastore store) {
    List<Dict> hunts = new ArrayList<>();
    store.hunts(hunts::add);
    return hunts;
  }

  @Test
  void theIndexOfTheFlowsOfAClientKnowsThem() throws IOException {
    write("clients/C.1.json.db", "{\"clientId\":\"C.1\"}");
    write("clients/C.1/collections/F.2.json.db", "{\"sessionId\":\"F.2\",\"createTime\":\"3\"}");
    write("clients/C.1/artifacts/Shop.Doors/F.1/Front.json", "{\"Door\":1}\n");
    write("clients/C.1/artifacts/Shop.Doors/F.3/Front.json", "{\"Door\":3}\n");
    write("clients/C.1/collections/F.4/logs.json", "{\"message\":\"m\"}\n");
    write("clients/C.1/collections/F.4/stats.json.db", "{\"state\":\"ERROR\",\"status\":\"no\"}");
    write("clients/C.1/collections/F.Monitoring/logs", "");
    write(
        "clients/C.1/flow_index.json",
        "{\"FlowId\":\"F.1\",\"Artifacts\":[\"Shop.Doors\",\"Shop.Keys\"],\"Created\":7,"
            + "\"Creator\":\"kim\"}\n"
            + "{\"FlowId\":\"F.2\",\"Artifacts\":[],\"Created\":9}\n"
            + "{\"FlowId\":\"F.5\",\"Artifacts\":[\"Shop.Keys\"],\"Created\":6}\n");
    Datastore store = store();

    assertThat(flows(store, "C.1")).containsExactly("F.2", "F.5", "F.1", "F.3", "F.4");
    assertThat(store.recorded().flow("C.1", "F.1").toMap())
        .containsEntry("create_time", 7L)
        .containsEntry("client_id", "C.1")
        .containsEntry("state", "FINISHED")
        .containsEntry("artifacts_with_results", List.of("Shop.Doors/Front"))
        .containsEntry(
            "request", Dict.of("creator", "kim", "artifacts", List.of("Shop.Doors", "Shop.Keys")));
    assertThat(store.recorded().flow("C.1", "F.2").get("create_time")).isEqualTo(3L);
    assertThat(store.recorded().flow("C.1", "F.3").toMap())
        .containsEntry("request", Dict.of("artifacts", List.of("Shop.Doors")));
    assertThat(store.recorded().flow("C.1", "F.4").toMap())
        .containsEntry("state", "ERROR")
        .containsEntry("status", "no");
    // Nothing but its line in the index is left, which does not say how it came out.
    assertThat(store.recorded().flow("C.1", "F.5").get("state")).isEqualTo("UNSET");
    assertThat(store.recorded().flow("C.1", "F.6")).isNull();
    assertThat(store.recorded().flow("C.1", "F.Monitoring")).isNull();
    Path records = root.resolve("clients/C.1/collections");
    String listed = ".db: is not there, so what is known of this flow is from ";
    assertThat(store.problems())
        .containsExactly(
            records + "/F.1" + listed + root.resolve("clients/C.1/flow_index.json"),
            records + "/F.3" + listed + "its files",
            records + "/F.4" + listed + "its files",
            records + "/F.5" + listed + root.resolve("clients/C.1/flow_index.json"));
  }

  @ParameterizedTest
  @CsvSource({"'',''", "'{\"sessionId\":','F.1.json.db:1:'"})
  void aDamagedRecordOfAFlowIsMadeGoodByTheIndex(String record, String told) throws IOException {
    write("clients/C.1/collections/F.1" + (record.isEmpty() ? ".db" : ".json.db"), record);
    write(
        "clients/C.1/flow_index.json",
        "{\"FlowId\":\"F.1\",\"Artifacts\":[\"Shop.Doors\"],\"Created\":7,\"Creator\":\"kim\"}\n"
            + "{\"FlowId\":\n");
    Datastore store = store();

    Completions completions = store.completions();
    Dict flow = store.recorded().flow("C.1", "F.1");

    assertThat(completions.size()).isEqualTo(1);
    assertThat(flow.get("create_time")).isEqualTo(7L);
    assertThat(((Dict) flow.get("request")).get("creator")).isEqualTo("kim");
    assertThat(store.problems()).anyMatch(p -> p.contains("flow_index.json:2:"));
    assertThat(store.problems().toString()).contains(told).doesNotContain("is not there");
  }

  @Test
  void theIndexOfHuntsKnowsThem() throws IOException {
    write("clients/C.1.json.db", "{\"clientId\":\"C.1\"}");
    String hunt = Base64.getEncoder().encodeToString(HUNT.getBytes(StandardCharsets.UTF_8));
    write("hunts/H.1.json", "{\"HuntId\":\"H.1\",\"ClientId\":\"C.1\",\"FlowId\":\"F.1\"}\n");
    write("hunts/H.2.db", "");
    write("hunts/H.3.json.db", "{\"huntId\":");
    write("hunts/H.4.json.db", "{\"huntId\":\"H.4\",\"creator\":\"own\"}");
    write("hunt_index/h.2/C.1.db", "");
    String line =
        "\"Description\":\"Keys\",\"Tags\":[\"night\"],\"Created\":5,\"Started\":6,\"Expires\":7,"
            + "\"Creator\":\"kim\"";
    write(
        "hunts/index.json",
        "{\"HuntId\":\"H.1\",\"Description\":\"x\",\"Creator\":\"kim\",\"Hunt\":\""
            + hunt
            + "\"}\n"
            + "{\"HuntId\":\"H.2\","
            + line
            + "}\n"
            + "{\"HuntId\":\"H.3\","
            + line
            + ",\"Hunt\":\"%%\"}\n"
            + "{\"HuntId\":\"H.4\","
            + line
            + "}\n");
    Datastore store = store();

    List<Dict> hunts = hunts(store);

    assertThat(hunts)
        .extracting(h -> h.get("hunt_id") + " " + h.get("creator") + " " + h.get("state"))
        .containsExactly("H.2 kim null", "H.3 kim null", "H.4 own null", "H.1 kim RUNNING");
    assertThat(hunts.get(0).toMap())
        .containsEntry("hunt_description", "Keys")
        .containsEntry("tags", List.of("night"))
        .containsEntry("create_time", 5L)
        .containsEntry("start_time", 6L)
        .containsEntry("expires", 7L)
        .containsEntry("participants", List.of("C.1"));
    assertThat(hunts.get(3).toMap())
        .containsEntry("hunt_description", "Doors")
        .containsEntry("create_time", 8000000L)
        .containsEntry("start_request", Dict.of("artifacts", List.of("Shop.Doors")));
    assertThat(((Dict) hunts.get(3).get("condition")).get("os")).isEqualTo(Dict.of("os", "LINUX"));
    String index = ", so what is known of this hunt is from " + root.resolve("hunts/index.json");
    assertThat(store.problems())
        .hasSize(4)
        .contains(root.resolve("hunts/H.2.db") + ": is empty" + index)
        .contains(root.resolve("hunts/H.1.db") + ": is not there" + index)
        .anyMatch(p -> p.startsWith(root.resolve("hunts/H.3.json.db") + ":1:"))
        .anyMatch(p -> p.startsWith(root.resolve("hunts/index.json") + ": damaged: "));
  }

  @Test
  void whoTookPartInAHuntIsMadeGoodByItsOtherFiles() throws IOException {
    write("clients/C.1.json.db", "{\"clientId\":\"C.1\"}");
    write("hunts/H.1.json.db", "{\"huntId\":\"H.1\"}");
    write(
        "hunts/H.1/enriched.json",
        "{\"ClientId\":\"C.1\",\"Hostname\":\"T\",\"FlowId\":\"F.1\"}\n{\"Hostname\":\"U\"}\n");
    write(
        "hunts/H.1_errors.json",
        "{\"ClientId\":\"C.1\",\"FlowId\":\"F.1\",\"Error\":\"no\"}\n"
            + "{\"ClientId\":\"C.2\",\"FlowId\":\"F.2\",\"Error\":\"no\"}\n");
    write("hunt_index/h.1/C.1.db", "");
    write("hunt_index/h.1/C.3.db", "");
    Datastore store = store();
    String query =
        "SELECT ClientId + ' ' + FlowId AS M FROM hunt_flows(hunt_id='H.1') ORDER BY ClientId";
    String wanted = "{\"M\":\"C.1 F.1\"}\n{\"M\":\"C.2 F.2\"}\n{\"M\":\"C.3 F.1.H\"}";

    try (StageBench bench = new StageBench(store)) {
      assertThat(bench.rows(query)).isEqualTo(wanted);
    }
    assertThat(store.problems())
        .containsExactly(
            root.resolve("hunts/H.1/enriched.json") + ": a line without ClientId or FlowId");
    Path copy = root.resolveSibling(root.getFileName() + "-copy");
    FleetImport.write(store(), copy);
    try (StageBench bench = new StageBench(Fleets.open(copy))) {
      assertThat(bench.rows(query)).isEqualTo(wanted);
    }
  }
}
