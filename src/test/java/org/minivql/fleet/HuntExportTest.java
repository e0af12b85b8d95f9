package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.archive.CollectorArchives;
import org.minivql.fleet.datastore.Datastore;
import org.minivql.fleet.source.FleetSource;
import org.minivql.value.Dict;

/** Archives of hunts, which have a folder for each flow. */
class HuntExportTest {
  private static final String[] HUNT = {
    "hunt_info.json",
    "{\"hunt_id\":\"H.7\",\"hunt_description\":\"Tills\",\"state\":3,"
        + "\"create_time\":1700000000000000,\"artifacts\":[\"Shop.Tills\"],"
        + "\"artifact_sources\":[\"Shop.Tills/Open\"],"
        + "\"condition\":{\"UnionField\":{\"Labels\":{\"label\":[\"Shop\"]}}}}",
    "results/All Shop.Tills%2FOpen.json",
    "{\"Till\":1,\"ClientId\":\"C.a1\"}\n{\"Till\":2,\"ClientId\":\"C.b2\"}\n",
    "results/All Shop.Tills%2FOpen.json.index",
    "12345678",
    "results/All Shop.Tills%2FOpen.csv",
    "Till\n1\n2\n"
  };
  private static final String[] FIRST = {
    "TILL-1-C.a1/client_info.json",
    "{\"client_id\":\"C.a1\",\"hostname\":\"TILL-1\"}",
    "TILL-1-C.a1/collection_context.json",
    "{\"session_id\":\"F.7.H\",\"state\":2,\"artifacts_with_results\":[\"Shop.Tills/Open\"]}",
    "TILL-1-C.a1/results/Shop.Tills%2FOpen.json",
    "{\"Till\":1}\n",
    "TILL-1-C.a1/log.json",
    "{\"client_time\":5,\"level\":\"INFO\",\"message\":\"done\"}\n",
    "TILL-1-C.a1/uploads.json",
    "{\"Timestamp\":7,\"vfs_path\":\"/x\",\"_Components\":[\"uploads\",\"file\",\"x\"],"
        + "\"file_size\":3,\"uploaded_size\":3}\n",
    "TILL-1-C.a1/uploads/file/x",
    "abc",
    "TILL-1-C.a1/custom_artifacts.json",
    "[{\"name\":\"Shop.Tills\",\"sources\":[{\"name\":\"Open\",\"query\":\"SELECT 1 FROM scope()\"}]}]"
  };
  // This one does not say whose it is, but for its name.
  private static final String[] SECOND = {
    "OLD-TILL-C.b2/collection_context.json",
    "{\"context\":{\"session_id\":\"F.7.H\",\"state\":3,\"create_time\":1700000000000000000}}",
    "OLD-TILL-C.b2/results/Shop.Tills%2FOpen.json",
    "{\"Till\":2}\n"
  };
  private static final String[] QUERIES = {
    "SELECT hunt_id, hunt_description, state, condition.labels.label AS L FROM hunts()",
    "SELECT HuntId, ClientId, FlowId, Flow.state AS S FROM hunt_flows(hunt_id='H.7')"
        + " ORDER BY ClientId",
    "SELECT Till, ClientId FROM hunt_results(hunt_id='H.7', artifact='Shop.Tills/Open')"
        + " ORDER BY ClientId",
    "SELECT message FROM flow_logs(client_id='C.a1', flow_id='F.7.H')",
    "SELECT client_path, read_file(filename=vfs_path, accessor='fs') AS Text"
        + " FROM uploads(client_id='C.a1', flow_id='F.7.H')"
  };

  @TempDir Path root;

  private Path archive(String name, String[]... members) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    new TestFleet(root)
        .archive(name, Stream.of(members).flatMap(Arrays::stream).toArray(String[]::new));
    return root.resolve(name);
  }

  private static List<String> rows(FleetSource fleet) {
    try (StageBench bench = new StageBench(fleet)) {
      List<String> rows = new ArrayList<>();
      for (String query : QUERIES) {
        rows.add(bench.rows(query));
      }
      return rows;
    }
  }

  private static List<Dict> hunts(FleetSource fleet) {
    List<Dict> hunts = new ArrayList<>();
    fleet.hunts(hunts::add);
    return hunts;
  }

  @Test
  void anExportedHuntIsAHuntOfTheFleetWithItsFlows() throws IOException {
    Path file = archive("in/hunt.zip", HUNT, FIRST, SECOND);

    List<String> rows = rows(Fleets.open(file));

    assertThat(rows.get(4)).contains("\"Text\":\"abc\"");
    assertThat(rows.subList(0, 4))
        .containsExactly(
            "{\"hunt_id\":\"H.7\",\"hunt_description\":\"Tills\",\"state\":\"STOPPED\","
                + "\"L\":[\"Shop\"]}",
            "{\"HuntId\":\"H.7\",\"ClientId\":\"C.a1\",\"FlowId\":\"F.7.H\",\"S\":\"FINISHED\"}\n"
                + "{\"HuntId\":\"H.7\",\"ClientId\":\"C.b2\",\"FlowId\":\"F.7.H\",\"S\":\"ERROR\"}",
            "{\"Till\":1,\"ClientId\":\"C.a1\"}\n{\"Till\":2,\"ClientId\":\"C.b2\"}",
            "{\"message\":\"done\"}");
    try (CollectorArchives fleet = new CollectorArchives(file)) {
      assertThat(fleet.artifacts()).extracting(Artifact::name).containsExactly("Shop.Tills");
      assertThat(fleet.nanoseconds()).containsExactly("C.b2");
      assertThat(FleetCheck.of(fleet)).isEmpty();
      FleetImport.Result copy = FleetImport.write(fleet, root.resolve("copy"));
      assertThat(copy.problems()).isEmpty();
      assertThat(copy.rows()).isEqualTo(2);
    }
    assertThat(rows(Fleets.open(root.resolve("copy")))).isEqualTo(rows);
    assertThat(root.resolve("copy/flows/C.a1/F.7.H/uploads/file/x")).hasContent("abc");
  }

  @Test
  void whatIsDamagedOrUnknownInAnExportIsTold() throws IOException {
    String[] broken = FIRST.clone();
    broken[7] = "{\"message\":\n";
    broken[13] = "[";
    Path file =
        archive(
            "in/hunt.zip",
            new String[] {"hunt_info.json", "{\"hunt_id\":"},
            broken,
            SECOND,
            new String[] {"notes/why.txt", "?", "OLD-TILL-C.b2/odd.bin", "?"});

    try (CollectorArchives fleet = new CollectorArchives(file)) {
      List<String> clients = new ArrayList<>();
      fleet.clients(client -> clients.add((String) client.get("client_id")));
      fleet.recorded().logs("C.a1", "F.7.H", row -> true);
      fleet.artifacts();
      fleet.survey();

      assertThat(clients).containsExactly("C.b2", "C.a1");
      assertThat(hunts(fleet)).isEmpty();
      assertThat(fleet.completions().size()).isEqualTo(2);
      assertThat(fleet.problems())
          .hasSize(5)
          .anyMatch(p -> p.startsWith(file + "!hunt_info.json: not JSON: "))
          .anyMatch(p -> p.startsWith(file + "!TILL-1-C.a1/log.json:1:"))
          .anyMatch(p -> p.startsWith(file + "!TILL-1-C.a1/custom_artifacts.json: not JSON: "))
          .contains(
              file + "!notes/why.txt: is of no known kind",
              file + "!OLD-TILL-C.b2/odd.bin: is of no known kind");
    }
  }

  @Test
  void twoExportsOfAHuntAreOneHuntAndAFlowInBothIsTold() throws IOException {
    Path early = archive("in/1.zip", HUNT, FIRST);
    Path late = archive("in/2.zip", HUNT, FIRST, SECOND);

    try (CollectorArchives fleet = new CollectorArchives(root.resolve("in"))) {
      assertThat(hunts(fleet))
          .singleElement()
          .extracting(hunt -> hunt.get("members"))
          .isEqualTo(
              List.of(
                  Dict.of("ClientId", "C.a1", "FlowId", "F.7.H"),
                  Dict.of("ClientId", "C.b2", "FlowId", "F.7.H")));
      assertThat(fleet.completions().size()).isEqualTo(2);
      assertThat(fleet.problems())
          .containsExactly(
              late
                  + "!TILL-1-C.a1/: has flow F.7.H of C.a1 again, which is read from "
                  + early
                  + "!TILL-1-C.a1/");
    }
  }

  @Test
  void whatAServerExportsIsReadAgain() throws IOException {
    Path file = archive("in/hunt.zip", HUNT, FIRST, SECOND);
    try (StageBench bench = new StageBench(Fleets.open(file))) {
      bench.rows("LET P <= create_hunt_download(hunt_id='H.7')");
      String real = bench.value("file_store(path=P)").replace("\"", "");
      Files.copy(Path.of(real), root.resolve("again.zip"));
    }

    List<String> again = rows(Fleets.open(root.resolve("again.zip")));

    assertThat(again.subList(0, 4)).isEqualTo(rows(Fleets.open(file)).subList(0, 4));
  }

  @Test
  void anExportedHuntIsNotImportedAsACollection() throws IOException {
    Path file = archive("in/hunt.zip", HUNT, FIRST);
    Files.createDirectories(root.resolve("store/clients"));
    try (StageBench bench =
        new StageBench(new Datastore(root.resolve("store"), Instant.ofEpochSecond(1)))) {
      assertThat(bench.value("import_collection(filename='" + file + "')")).isEqualTo("null");
      assertThat(bench.log)
          .singleElement()
          .asString()
          .contains(file + ": the archive is of a hunt, not of one collection");
      assertThat(bench.rows("SELECT * FROM clients()")).isEmpty();
    }
  }
}
