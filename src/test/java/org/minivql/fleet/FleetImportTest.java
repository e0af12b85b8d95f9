package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.expect.FleetTests;
import org.minivql.fleet.expect.TestResult;
import org.minivql.fleet.plan.PlanJson;
import org.minivql.fleet.source.FleetSource;
import org.minivql.format.Json;
import org.minivql.value.Dict;

class FleetImportTest {
  @TempDir Path folder;

  @Test
  void storedEventsAreImportedDayByDay() {
    FleetDirectory from =
        new TestFleet(folder.resolve("from"))
            .client("C.a1")
            .artifact("Shop.Door", "type: CLIENT_EVENT\n")
            .file("monitoring/C.a1/Shop.Door/2020-05-30.jsonl", "{\"N\":1,\"_ts\":1590838000}\n")
            .file(
                "monitoring/C.a1/Shop.Door/2020-05-31.jsonl",
                "{\"N\":2,\"_ts\":1590938100}\n{\"N\":3,\"_ts\":1590938200}\n")
            .file(
                "monitoring/server/Shop.Bell%2FFront/2020-05-31.jsonl",
                "{\"N\":4,\"_ts\":1590938100}\n")
            .open();
    Path target = folder.resolve("copy");
    FleetImport.write(from, target);

    assertThat(target.resolve("monitoring/C.a1/Shop.Door/2020-05-31.jsonl"))
        .hasContent("{\"N\":2,\"_ts\":1590938100000}\n{\"N\":3,\"_ts\":1590938200000}\n");
    FleetSource copy = Fleets.open(target);
    assertThat(FleetCheck.of(copy)).isEmpty();
    assertThat(numbers(copy, "C.a1", "Shop.Door")).containsExactly(1L, 2L, 3L);
    assertThat(numbers(copy, "server", "Shop.Bell/Front")).containsExactly(4L);
  }

  private static List<Object> numbers(FleetSource fleet, String clientId, String queue) {
    List<Object> numbers = new ArrayList<>();
    fleet.recorded().events(clientId, queue, null, null, row -> numbers.add(((Dict) row).get("N")));
    return numbers;
  }

  @Test
  void anImportedSampleGivesTheSamePlanAndPassesItsTest() {
    List<Path> samples = FleetTests.find(Path.of("queries/fleets"));
    assertThat(samples).isNotEmpty();
    for (Path sample : samples) {
      Path copy = folder.resolve(sample.getFileName());
      FleetImport.write(Fleets.open(sample), copy);

      assertThat(FleetCheck.of(Fleets.open(copy))).as(sample.toString()).isEmpty();
      assertThat(plan(copy)).as(sample.toString()).isEqualTo(plan(sample));
      List<TestResult> results = new ArrayList<>();
      FleetTests.run(List.of(copy), false, results::add);
      assertThat(results).singleElement().returns(List.of(), TestResult::failures);
    }
  }

  private static String plan(Path fleet) {
    return PlanJson.text(new DryRun(Fleets.open(fleet), List.of()).plan());
  }

  @Test
  void anImportKeepsSettingsHuntsAndWhatTheScriptReads() throws IOException {
    FleetDirectory from =
        new TestFleet(folder.resolve("from"))
            .start(1_700_000_000)
            .settings(
                "principal: \"o'neil: #1\"\nroles: [reader, investigator]\nid_seed: '007'\n"
                    + "indexed_metadata: [site]\ninterrogation_order: both\n")
            .client("C.a1")
            .file(
                "hunts.jsonl",
                "{\"hunt_id\":\"H.1\",\"members\":[{\"ClientId\":\"C.a1\",\"FlowId\":\"F.7\"}]}\n")
            .file("hosts/C.a1/info.json", "{\"OS\":\"linux\"}")
            .file("later/Shop.Door.yaml", "name: Shop.Door\ntype: CLIENT_EVENT\n")
            .step("\"do\":\"artifact_set\",\"file\":\"later/Shop.Door.yaml\"")
            .open();
    Path target = folder.resolve("copy");
    FleetImport.write(from, target);

    FleetDirectory copy = new FleetDirectory(target);
    assertThat(copy.config()).isEqualTo(from.config());
    List<Dict> hunts = new ArrayList<>();
    copy.hunts(hunts::add);
    assertThat(hunts)
        .containsExactly(
            Dict.of(
                "hunt_id",
                "H.1",
                "members",
                List.of(Dict.of("ClientId", "C.a1", "FlowId", "F.7")),
                "participants",
                List.of("C.a1")));
    assertThat(copy.hosts().has("C.a1")).isTrue();
    assertThat(FleetCheck.of(copy)).isEmpty();
    assertThat(target.resolve("later/Shop.Door.yaml")).exists();
  }

  @Test
  void anImportThatFailsLeavesNothing() throws IOException {
    FleetInit.write(folder.resolve("from"));
    Files.writeString(
        folder.resolve("from/flows/C.0000000000000002/F.02/logs.jsonl"),
        "{\"message\":\"m\"}\n{\n");
    FleetSource from = Fleets.open(folder.resolve("from"));
    Path target = folder.resolve("copy");

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> FleetImport.write(from, target))
          .hasMessageContaining("logs.jsonl:2:2: not JSON");
      assertThat(target).isEmptyDirectory();
    }
    assertThatThrownBy(() -> FleetImport.write(from, folder.resolve("from/flows/../copy")))
        .hasMessageEndingWith("is in the fleet that is read");
    assertThat(folder.resolve("from/copy")).doesNotExist();
  }

  @Test
  void whatAnImportLeavesOutIsToldByKind() throws IOException {
    Path store = folder.resolve("server");
    for (String name :
        List.of(
            "clients/C.a1.json.db",
            "notebooks/N.1.json.db",
            "notebooks/N.1/NC.1/query_1.json",
            "notebooks/N.1/NC.1/query_1.json.index",
            "notebooks/N.1/NC.1/logs.json",
            "clients/C.a1/monitoring_logs/Shop.Door/2020-05-31.json",
            "clients/C.a1/collections/F.1/uploads/auto/a.txt",
            "clients/C.a1/vfs/file.db",
            "downloads/C.a1/F.1/all.zip",
            "clients/C.a1/tasks/5.db",
            "clients/C.a1/tasks/6.db",
            "hunts/H.1.json",
            "hunts/H.1_errors.json",
            "hunts/H.1/enriched.json",
            "hunts/H.1/enriched.json.index",
            "clients/C.a1/collections/F.Monitoring/logs",
            "downloads/.gitignore")) {
      Path file = store.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "{}");
    }

    assertThat(FleetImport.leftOut(Fleets.open(store)))
        .containsExactly(
            store + ": records, logs and files of notebook cells are not imported (1 file)",
            store + ": pending tasks of clients are not imported (2 files)",
            store + ": errors of hunts are not imported (1 file)",
            store + ": summaries of the flows of hunts are not imported (1 file)",
            store + ": logs of event tables are not imported (1 file)",
            store + ": listings of folders are not imported (1 file)",
            store + ": downloads are not imported (1 file)");
  }

  private Path server() {
    Path server = folder.resolve("server");
    String flow = "clients/C.a1/collections/F.9";
    new TestFleet(server)
        .file("clients/C.a1.json.db", "{\"clientId\":\"C.a1\"}")
        .file(flow + ".json.db", "{\"sessionId\":\"F.9\",\"state\":\"FINISHED\"}")
        .file(
            flow + "/uploads.json",
            "{\"Timestamp\":7,\"vfs_path\":\"D:\\\\r.bin\",\"_Components\":[\"clients\",\"C.a1\","
                + "\"collections\",\"F.9\",\"uploads\",\"sparse\",\"D:\",\"r.bin\"],"
                + "\"file_size\":9,\"uploaded_size\":4}\n")
        .file(flow + "/uploads/sparse/D%3A/r.bin", "head")
        .file(
            flow + "/uploads/sparse/D%3A/r.bin.idx",
            "{\"ranges\":[{\"file_length\":4,\"length\":4},{\"original_offset\":4,\"length\":5}]}")
        .file(flow + "/upload_transactions.json", "{\"filename\":\"b\",\"upload_id\":3}\n")
        .file(
            "clients/C.a1/monitoring_logs/Shop.Door/Front/2020-05-31.json",
            "{\"level\":\"INFO\",\"message\":\"opened\",\"_ts\":1590938100}\n")
        .file("notebooks/N.7.json.db", "{\"notebookId\":\"N.7\",\"name\":\"Night\"}")
        .file("notebooks/N.7/NC.2/query_1.json", "{\"Seen\":1}\n{\"Seen\":2}\n")
        .file("notebooks/N.7/NC.2/query_2.json", "")
        .file("notebooks/N.7/attach/why.txt", "because")
        .file("hunts/H.3/notebook/N.H.3/NC.1/query_1.json", "{\"Found\":3}\n")
        .file(flow + "/notebook/N.F.9-C.a1/NC.1/query_1.json", "{\"Found\":9}\n")
        .file(
            "server_artifact_logs/Shop.Bell/2020-05-31.json",
            "{\"level\":\"WARN\",\"message\":\"rang\",\"_ts\":1590938200}\n");
    return server;
  }

  /** The same queries of a fleet and of what is imported of it. */
  private void sameOfTheImport(Path from, String wanted, String... programs) {
    Path target = folder.resolve("copy");
    FleetImport.write(Fleets.open(from), target);
    assertThat(FleetCheck.of(Fleets.open(target)).toString()).doesNotContain("not part of a fleet");
    assertThat(same(from, target, programs)).contains(wanted);
  }

  /** The rows of the same queries of two fleets. */
  private static String same(Path from, Path to, String... programs) {
    StringBuilder all = new StringBuilder();
    try (StageBench source = new StageBench(Fleets.open(from));
        StageBench copy = new StageBench(Fleets.open(to))) {
      for (String program : programs) {
        String rows = source.rows(program);
        assertThat(copy.rows(program)).as(program).isEqualTo(rows).isNotEmpty();
        all.append(rows).append('\n');
      }
    }
    return all.toString();
  }

  @Test
  void uploadsAreImportedWithTheirContents() {
    sameOfTheImport(
        server(),
        "\"Text\":\"head\"",
        "SELECT * FROM uploads(client_id='C.a1', flow_id='F.9')",
        "SELECT read_file(filename=vfs_path, accessor='fs') AS Text"
            + " FROM uploads(client_id='C.a1', flow_id='F.9')",
        "SELECT OSPath, Size FROM glob(globs='/clients/*/collections/*/uploads/**',"
            + " accessor='fs') WHERE NOT IsDir",
        "SELECT * FROM upload_transactions(client_id='C.a1', flow_id='F.9')");
  }

  @Test
  void whatEventQueriesLoggedIsImported() {
    sameOfTheImport(
        server(),
        "rang",
        "SELECT * FROM monitoring_logs(client_id='C.a1', artifact='Shop.Door/Front')",
        "SELECT * FROM monitoring_logs(client_id='server', artifact='Shop.Bell')");
  }

  @Test
  void notebooksAreImportedWithTheTablesOfTheirCells() throws IOException {
    Path server = server();
    Files.setLastModifiedTime(
        server.resolve("notebooks/N.7/attach/why.txt"), FileTime.fromMillis(1_590_938_100_000L));
    sameOfTheImport(
        server,
        "{\"Seen\":2}\n{\"Found\":3}\n{\"Found\":9}",
        "SELECT notebook_get(notebook_id='N.7') AS N FROM scope()",
        "SELECT * FROM uploads(notebook_id='N.7')",
        "SELECT read_file(filename='fs:/notebooks/N.7/attach/why.txt', accessor='fs') AS Text"
            + " FROM scope()",
        "SELECT * FROM source(notebook_id='N.7', notebook_cell_id='NC.2')",
        "SELECT * FROM source(notebook_id='N.H.3', notebook_cell_id='NC.1')",
        "SELECT * FROM source(notebook_id='N.F.9-C.a1', notebook_cell_id='NC.1')");
    assertThat(folder.resolve("copy/notebooks/N.7/NC.2/query_2.jsonl")).isEmptyFile();
  }

  private static String list(FleetSource fleet, BiConsumer<FleetSource, Consumer<Dict>> visit) {
    StringBuilder rows = new StringBuilder();
    visit.accept(fleet, row -> rows.append(Json.text(row)).append('\n'));
    return rows.toString();
  }

  private static Path everything(Path server) {
    String flow = "clients/C.a1/collections/F.9";
    TestFleet store = new TestFleet(server);
    store
        .file("clients/C.a1.json.db", "{\"clientId\":\"C.a1\",\"hostname\":\"T\",\"ping\":\"9\"}")
        .file("clients/C.a1/labels.json.db", "{\"label\":[\"Shop\"],\"timestamp\":\"7\"}")
        .file("clients/C.a1/metadata.json.db", "{\"items\":[{\"key\":\"a\",\"value\":\"1\"}]}")
        .file("clients/server/metadata.json.db", "{\"items\":[{\"key\":\"b\",\"value\":\"2\"}]}")
        .file(
            flow + ".json.db",
            "{\"sessionId\":\"F.9\",\"state\":\"FINISHED\",\"createTime\":\"1590938885000000\","
                + "\"request\":{\"creator\":\"kim\",\"artifacts\":[\"Shop.Tills\"]},"
                + "\"artifactsWithResults\":[\"Shop.Tills/Open\"]}")
        .file("clients/C.a1/artifacts/Shop.Tills/F.9/Open.json", "{\"Till\":1}\n{\"Till\":2}\n")
        .file(flow + "/logs.json", "{\"client_time\":5,\"level\":\"INFO\",\"message\":\"m\"}\n")
        .file(
            flow + "/uploads.json",
            "{\"Timestamp\":7,\"vfs_path\":\"x\",\"_Components\":[\"clients\",\"C.a1\","
                + "\"collections\",\"F.9\",\"uploads\",\"auto\",\"x\"],\"file_size\":2,"
                + "\"uploaded_size\":2}\n")
        .file(flow + "/uploads/auto/x", "up")
        .file(
            "clients/server/collections/F.5.json.db",
            "{\"sessionId\":\"F.5\",\"state\":\"FINISHED\",\"createTime\":\"1590938885000000\","
                + "\"artifactsWithResults\":[\"Shop.Count\"]}")
        .file("clients/server/artifacts/Shop.Count/F.5.json", "{\"Count\":1}\n")
        .file(
            "clients/C.a1/monitoring/Shop.Door/Front/2020-05-31.json",
            "{\"Opened\":1,\"_ts\":1590938100}\n")
        .file(
            "clients/C.a1/monitoring_logs/Shop.Door/Front/2020-05-31.json",
            "{\"message\":\"opened\",\"_ts\":1590938100}\n")
        .file("server_artifacts/Shop.Bell/2020-05-31.json", "{\"Rung\":1,\"_ts\":1590938100}\n")
        .file(
            "server_artifact_logs/Shop.Bell/2020-05-31.json",
            "{\"message\":\"rang\",\"_ts\":1590938100}\n")
        .file(
            "hunts/H.3.json.db",
            "{\"huntId\":\"H.3\",\"state\":\"RUNNING\",\"expires\":\"1700000000000000\","
                + "\"startRequest\":{\"artifacts\":[\"Shop.Tills\"]},"
                + "\"condition\":{\"labels\":{\"label\":[\"Shop\"]}}}")
        .file("hunts/H.3.json", "{\"HuntId\":\"H.3\",\"ClientId\":\"C.a1\",\"FlowId\":\"F.9\"}\n")
        .file(
            "config/server_monitoring.json.db",
            "{\"artifacts\":[\"Shop.Rule\"],\"specs\":[{\"artifact\":\"Shop.Rule\",\"parameters\":"
                + "{\"env\":[{\"key\":\"Name\",\"value\":\"Seen\"}]}}]}")
        .file(
            "config/client_monitoring.json.db",
            "{\"version\":\"3\",\"artifacts\":{\"artifacts\":[]},\"labelEvents\":[{\"label\":"
                + "\"Shop\",\"artifacts\":{\"artifacts\":[\"Shop.Door\"]}}]}");
    String query = "sources:\n- {name: %s, query: SELECT 1 AS N FROM scope()}\n";
    Map.of(
            "Tills", String.format(query, "Open"),
            "Count", "type: SERVER\n" + "sources: [{query: SELECT 1 AS N FROM scope()}]\n",
            "Door", "type: CLIENT_EVENT\n" + String.format(query, "Front"),
            "Bell", "type: SERVER_EVENT\n",
            "Rule",
                "type: SERVER_EVENT\nparameters: [{name: Name}]\nsources:\n- query: |\n"
                    + "    SELECT label(client_id=ClientId, labels=Name, op='set') FROM"
                    + " watch_monitoring(artifact='System.Flow.Completion')\n")
        .forEach(
            (name, yaml) ->
                store.file(
                    "artifact_definitions/Shop/" + name + ".yaml",
                    "name: Shop." + name + "\n" + yaml));
    return server;
  }

  @Test
  void everythingThatAFleetHoldsIsImportedAndTheCopyIsSound() {
    Path server = everything(folder.resolve("server"));
    FleetSource source = Fleets.open(server);
    assertThat(FleetCheck.of(source)).isEmpty();

    assertThat(FleetImport.write(source, folder.resolve("copy")).problems()).isEmpty();

    FleetSource copy = Fleets.open(folder.resolve("copy"));
    assertThat(FleetCheck.of(copy)).isEmpty();
    assertThat(list(copy, FleetSource::clients))
        .isEqualTo(list(source, FleetSource::clients))
        .contains("\"labels\":[\"Shop\"]", "\"labels_timestamp\":7", "\"ping\":9");
    assertThat(list(copy, FleetSource::metadata))
        .isEqualTo(list(source, FleetSource::metadata))
        .contains("C.a1", "server");
    assertThat(Json.text(copy.serverTable()))
        .isEqualTo(Json.text(source.serverTable()))
        .contains("Seen");
    assertThat(Json.text(copy.clientTable()))
        .isEqualTo(Json.text(source.clientTable()))
        .contains("Shop.Door");
    assertThat(copy.artifacts())
        .extracting(Artifact::raw)
        .containsExactlyInAnyOrderElementsOf(
            source.artifacts().stream().map(Artifact::raw).toList())
        .hasSize(5);
    assertThat(plan(folder.resolve("copy"))).isEqualTo(plan(server)).contains("\"Seen\"");
    same(
        server,
        folder.resolve("copy"),
        "SELECT * FROM flows(client_id='C.a1')",
        "SELECT * FROM flow_results(client_id='C.a1', flow_id='F.9', artifact='Shop.Tills/Open')",
        "SELECT * FROM flow_logs(client_id='C.a1', flow_id='F.9')",
        "SELECT * FROM uploads(client_id='C.a1', flow_id='F.9')",
        "SELECT * FROM flow_results(client_id='server', flow_id='F.5', artifact='Shop.Count')",
        "SELECT * FROM hunts()",
        "SELECT ClientId, FlowId FROM hunt_flows(hunt_id='H.3')",
        "SELECT * FROM monitoring(client_id='C.a1', artifact='Shop.Door/Front')",
        "SELECT * FROM monitoring(client_id='server', artifact='Shop.Bell')",
        "SELECT * FROM monitoring_logs(client_id='C.a1', artifact='Shop.Door/Front')",
        "SELECT * FROM monitoring_logs(client_id='server', artifact='Shop.Bell')");
  }

  @Test
  void aResultSetWithoutRowsIsOneInTheImport() {
    Path server = everything(folder.resolve("server"));
    new TestFleet(server).file("clients/C.a1/artifacts/Shop.Tills/F.9/Open.json", "");
    FleetImport.write(Fleets.open(server), folder.resolve("copy"));

    assertThat(folder.resolve("copy/flows/C.a1/F.9/results/Shop.Tills%2FOpen.jsonl")).isEmptyFile();
    assertThat(FleetCheck.of(Fleets.open(folder.resolve("copy")))).isEmpty();
  }
}
