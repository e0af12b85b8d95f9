package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.archive.CollectorArchives;
import org.minivql.fleet.datastore.Datastore;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.value.Dict;

class CollectorArchivesTest {
  @TempDir Path root;

  /** Writes an archive; names and contents take turns. */
  private Path archive(String name, String... members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < members.length; i += 2) {
        zip.putNextEntry(new ZipEntry(members[i]));
        zip.write(members[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes.toByteArray());
    return file;
  }

  private static List<Object> rows(
      CollectorArchives fleet, String client, String flow, String set) {
    List<Object> rows = new ArrayList<>();
    assertThat(fleet.recorded().results(client, flow, set, rows::add)).isTrue();
    return rows;
  }

  private static Dict client(CollectorArchives fleet) {
    List<Dict> clients = new ArrayList<>();
    fleet.clients(clients::add);
    assertThat(clients).hasSize(1);
    return clients.get(0);
  }

  @Test
  void anOfflineCollectorSaysWhoTheHostIsAndCountsNanoseconds() throws IOException {
    Path file =
        archive(
            "a.zip",
            "client_info.json",
            "{\"Hostname\":\"TILL-3\",\"HostID\":\"77\",\"OS\":\"linux\",\"Platform\":\"deb\","
                + "\"PlatformVersion\":\"12\",\"Fqdn\":\"till-3.shop\",\"MACAddresses\":[\"aa\"]}",
            "collection_context.json",
            "{\"session_id\":\"F.1\",\"state\":2,\"create_time\":1700000000000000000,"
                + "\"artifacts_with_results\":[\"Shop.Tills/Open\"]}",
            "results/Shop.Tills%2FOpen.json",
            "{\"Till\":3}\n",
            "results/Shop.Tills%2FOpen.json.index",
            "12345678",
            "log.json",
            "{\"message\":\"done\"}\n",
            "uploads.json",
            "{\"vfs_path\":\"x\"}\n",
            "uploads/file/x",
            "abc");
    try (CollectorArchives fleet = new CollectorArchives(file)) {
      Dict client = client(fleet);
      assertThat(client.get("client_id")).isEqualTo("C.77");
      assertThat(client.get("hostname")).isEqualTo("TILL-3");
      assertThat(client.get("release")).isEqualTo("deb12");
      assertThat(client.get("mac_addresses")).isEqualTo(List.of("aa"));
      Dict flow = fleet.recorded().flow("C.77", "F.1");
      assertThat(flow.get("create_time")).isEqualTo(1_700_000_000_000_000L);
      assertThat(flow.get("state")).isEqualTo("FINISHED");
      assertThat(rows(fleet, "C.77", "F.1", "Shop.Tills/Open"))
          .containsExactly(Dict.of("Till", 3L));
      List<Object> lines = new ArrayList<>();
      fleet.recorded().logs("C.77", "F.1", lines::add);
      fleet.recorded().uploads("C.77", "F.1", lines::add);
      assertThat(lines).containsExactly(Dict.of("message", "done"), Dict.of("vfs_path", "x"));
      fleet.survey();
      assertThat(fleet.problems()).isEmpty();
    }
  }

  @Test
  void anExportHasTheRecordAndMicrosecondsInAWrappedContext() throws IOException {
    Path file =
        archive(
            "b.zip",
            "client_info.json",
            "{\"client_id\":\"C.b2\",\"hostname\":\"TILL-4\",\"labels\":[\"Shop\"]}",
            "collection_context.json",
            "{\"context\":{\"session_id\":\"F.2\",\"state\":3,\"create_time\":1700000000000000}}",
            "results/Shop.Tills.json",
            "{\"Till\":4}\n");
    try (CollectorArchives fleet = new CollectorArchives(file)) {
      assertThat(client(fleet).get("labels")).isEqualTo(List.of("Shop"));
      Dict flow = fleet.recorded().flow("C.b2", "F.2");
      assertThat(flow.get("create_time")).isEqualTo(1_700_000_000_000_000L);
      assertThat(flow.get("state")).isEqualTo("ERROR");
      assertThat(rows(fleet, "C.b2", "F.2", "Shop.Tills")).hasSize(1);
    }
  }

  @Test
  void aVeryOldArchiveHasItsResultsAtTheTop() throws IOException {
    Path file =
        archive(
            "old.zip",
            "Generic.Client.Info/BasicInformation.json",
            "{\"Hostname\":\"TILL-5\",\"OS\":\"windows\"}\n",
            "Shop.Tills/Open.json",
            "{\"Till\":5}\n",
            "Shop.Tills/Open.csv",
            "Till\n5\n",
            "logs.csv",
            "Timestamp,time,message\n1700000000000000,then,\"a, b\"\n");
    try (CollectorArchives fleet = new CollectorArchives(file)) {
      Dict client = client(fleet);
      String id = (String) client.get("client_id");
      assertThat(client.get("hostname")).isEqualTo("TILL-5");
      List<Dict> flows = new ArrayList<>();
      fleet.recorded().flows(id, flows::add);
      Dict flow = flows.get(0);
      assertThat(flow.get("state")).isEqualTo("FINISHED");
      assertThat(((Dict) flow.get("request")).get("artifacts"))
          .isEqualTo(List.of("Generic.Client.Info", "Shop.Tills"));
      String flowId = (String) flow.get("session_id");
      assertThat(rows(fleet, id, flowId, "Shop.Tills/Open")).containsExactly(Dict.of("Till", 5L));
      List<Object> lines = new ArrayList<>();
      fleet.recorded().logs(id, flowId, lines::add);
      assertThat(lines)
          .containsExactly(
              Dict.of(
                  "client_time",
                  1_700_000_000L,
                  "level",
                  "DEFAULT",
                  "message",
                  "a, b",
                  "_ts",
                  1_700_000_000L));
      fleet.survey();
      assertThat(fleet.problems()).isEmpty();
    }
  }

  private Path defining(String name, String definitions) throws IOException {
    return archive(
        name,
        "client_info.json",
        "{\"client_id\":\"C." + name.charAt(3) + "\"}",
        "collection_context.json",
        "{\"session_id\":\"F.1\",\"artifacts_with_results\":[\"Custom.Doors\"]}",
        "results/Custom.Doors.json",
        "{\"Door\":1}\n",
        "custom_artifacts.json",
        definitions);
  }

  @Test
  void aSourceOfTheCollectionsDefinitionThatDoesNotParseIsToldAndDoesNotRun() throws IOException {
    String definition = "{\"name\":\"Custom.Doors\",\"sources\":[{\"query\":\"SELECT FROM\"}]}";
    Path a = defining("in/a.zip", "[" + definition + "]");

    try (CollectorArchives fleet = new CollectorArchives(root.resolve("in"))) {
      assertThat(fleet.artifacts().get(0).sources().get(0).query()).isEmpty();
      assertThat(fleet.problems())
          .singleElement()
          .asString()
          .startsWith(
              a
                  + "!custom_artifacts.json: artifact Custom.Doors: not run, because it does not"
                  + " parse: While parsing source query SELECT FROM: 1:12: ");
    }
  }

  @Test
  void definitionsOfTheCollectionAreKnownToTheFleetAndWrongOnesAreTold() throws IOException {
    String doors =
        "{\"name\":\"Custom.Doors\",\"sources\":[{\"query\":\"SELECT 1 FROM scope()\"}]}";
    String raw =
        "{\"name\":\"Custom.Keys\",\"raw\":\"name: Custom.Keys # all\\nparameters: [{name: N}]\\n\"}";
    Path a =
        defining(
            "in/a.zip",
            "["
                + doors
                + ",{\"name\":\"Bad.One\",\"sorces\":[]},"
                + raw
                + ",7,"
                + "{\"name\":\"System.Flow.Completion\",\"type\":\"SERVER_EVENT\"}]");
    defining("in/b.zip", "[" + doors + "]");
    Path c = defining("in/c.zip", doors.replace("SELECT 1", "SELECT 2"));
    Path d = defining("in/d.zip", "[");

    try (CollectorArchives fleet = new CollectorArchives(root.resolve("in"))) {
      assertThat(fleet.artifacts())
          .extracting(Artifact::name)
          .containsExactly("Custom.Doors", "Custom.Keys");
      assertThat(fleet.artifacts().get(0).sources().get(0).query())
          .isEqualTo("SELECT 1 FROM scope()");
      assertThat(fleet.artifacts().get(1).raw()).startsWith("name: Custom.Keys # all");
      assertThat(fleet.problems())
          .hasSize(5)
          .anyMatch(p -> p.startsWith(a + "!custom_artifacts.json: artifact Bad.One: yaml: unm"))
          .contains(a + "!custom_artifacts.json: not a definition: 7")
          .anyMatch(
              p -> p.startsWith(a + "!custom_artifacts.json: artifact System.Flow.Completion: "))
          .contains(
              c + ": artifact Custom.Doors is defined otherwise in another archive, which counts")
          .anyMatch(p -> p.startsWith(d + "!custom_artifacts.json: not JSON: "));
      FleetImport.write(fleet, root.resolve("copy"));
    }
    try (FleetSource copy = Fleets.open(root.resolve("copy"))) {
      assertThat(FleetCheck.of(copy)).isEmpty();
      assertThat(copy.artifacts())
          .extracting(Artifact::name)
          .containsExactly("Custom.Doors", "Custom.Keys");
    }
  }

  @Test
  void hostsAreToldApartWhereArchivesDoNotNameThem() throws IOException {
    archive("in/1.zip", "client_info.json", "{\"client_id\":\"C.1\"}", "results/A.json", "{}\n");
    archive("in/2.zip", "results/A.json", "{\"N\":2}\n");
    archive("in/3.zip", "results/A.json", "{\"N\":3}\n");

    try (CollectorArchives fleet = new CollectorArchives(root.resolve("in"))) {
      List<Object> ids = new ArrayList<>();
      fleet.clients(client -> ids.add(client.get("client_id")));
      assertThat(ids).hasSize(3).doesNotHaveDuplicates();
      assertThat(fleet.problems()).isEmpty();
    }
  }

  @Test
  void damageIsToldWithItsPlaceAndNothingElseIsLost() throws IOException {
    archive(
        "good.zip",
        "client_info.json",
        "{\"client_id\":\"C.1\"}",
        "collection_context.json",
        "{\"session_id\":\"F.1\"}",
        "results/A.json",
        "{\"N\":1}\n{\"N\":\n{\"N\":3}\n",
        "surprise.bin",
        "?");
    Files.writeString(root.resolve("bad.zip"), "not an archive");
    archive("locked.zip", "metadata.json", "[]", "data.zip", "secret");
    byte[] before = Files.readAllBytes(root.resolve("good.zip"));

    try (CollectorArchives fleet = new CollectorArchives(root)) {
      assertThat(client(fleet).get("client_id")).isEqualTo("C.1");
      assertThat(rows(fleet, "C.1", "F.1", "A"))
          .containsExactly(Dict.of("N", 1L), Dict.of("N", 3L));
      fleet.survey();
      assertThat(fleet.problems())
          .hasSize(4)
          .anyMatch(p -> p.contains("bad.zip: not an archive"))
          .anyMatch(p -> p.contains("locked.zip: the archive is encrypted"))
          .anyMatch(p -> p.contains("good.zip!results/A.json:2:"))
          .anyMatch(p -> p.endsWith("good.zip!surprise.bin: is of no known kind"));
    }
    assertThat(Files.readAllBytes(root.resolve("good.zip"))).isEqualTo(before);
    assertThatThrownBy(() -> new CollectorArchives(root.resolve("bad.zip")))
        .isInstanceOf(FleetException.class)
        .hasMessageContaining("bad.zip");
  }

  /** The end of the member is destroyed: who unpacked it first would never see the first row. */
  @Test
  void rowsAreStreamedOutOfTheArchive() throws IOException {
    Random random = new Random(1);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      rows.append("{\"N\":").append(i).append(",\"X\":").append(random.nextLong()).append("}\n");
    }
    Path file =
        archive(
            "big.zip",
            "client_info.json",
            "{\"client_id\":\"C.1\"}",
            "collection_context.json",
            "{\"session_id\":\"F.1\"}",
            "results/A.json",
            rows.toString());
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length - 60_000, bytes.length - 30_000, (byte) 0xff);
    Files.write(file, bytes);

    try (CollectorArchives fleet = new CollectorArchives(file)) {
      List<Object> first = new ArrayList<>();
      assertThat(fleet.recorded().results("C.1", "F.1", "A", row -> !first.add(row))).isTrue();
      assertThat(first).hasSize(1);
      assertThat(fleet.problems()).isEmpty();

      List<Object> all = new ArrayList<>();
      fleet.recorded().results("C.1", "F.1", "A", all::add);
      assertThat(all.size()).isGreaterThan(1000).isLessThan(50_000);
      assertThat(fleet.problems()).isNotEmpty().allMatch(p -> p.contains("big.zip"));
    }
  }

  @Test
  void anImportGoesToTheClientOfTheSameHost() throws IOException {
    Path file =
        archive(
            "a.zip",
            "client_info.json",
            "{\"Hostname\":\"TILL-3\",\"OS\":\"linux\"}",
            "results/Shop.Tills.json",
            "{\"Till\":3}\n");
    Path store = root.resolve("store");
    Files.createDirectories(store.resolve("clients"));
    Files.writeString(
        store.resolve("clients/C.9.json.db"), "{\"clientId\":\"C.9\",\"hostname\":\"till-3\"}");
    try (StageBench bench = new StageBench(new Datastore(store, Instant.EPOCH))) {
      String call = "import_collection(filename='" + file + "'";
      assertThat(bench.value(call + ").client_id")).isEqualTo("\"C.9\"");
      bench.rows("LET Again <= " + call + ", client_id='auto')");
      assertThat(bench.value("Again.client_id")).isEqualTo("\"C.9\"");
      assertThat(
              bench.rows(
                  "SELECT * FROM flow_results(client_id='C.9', flow_id=Again.session_id,"
                      + " artifact='Shop.Tills')"))
          .isEqualTo("{\"Till\":3}");
      assertThat(bench.rows("SELECT session_id FROM flows(client_id='C.9')").lines()).hasSize(2);
      String flow = "client_id='C.9', flow_id=Again.session_id";
      bench.rows("SELECT * FROM delete_flow(" + flow + ", really_do_it=TRUE)");
      assertThat(bench.rows("SELECT session_id FROM flows(client_id='C.9')").lines()).hasSize(1);
      assertThat(bench.rows("SELECT * FROM flow_results(" + flow + ", artifact='Shop.Tills')"))
          .isEmpty();
      String first = bench.value("{ SELECT session_id FROM flows(client_id='C.9') }");
      bench.rows(
          "SELECT * FROM delete_flow(client_id='C.9', flow_id=" + first + ", really_do_it=TRUE)");
      assertThat(bench.value(call + ").session_id")).isEqualTo(first);
      assertThat(bench.rows("SELECT session_id FROM flows(client_id='C.9')").lines()).hasSize(1);
      assertThat(bench.value(call + ", client_id='C.new').client_id")).isEqualTo("\"C.new\"");
      assertThat(bench.value("import_collection(filename='" + root + "/none.zip')"))
          .isEqualTo("null");
      assertThat(bench.log).hasSize(1).allMatch(line -> line.contains("none.zip"));
    }
  }

  private static final String RULE =
      "SELECT * FROM foreach(row={ SELECT * FROM watch_monitoring("
          + "artifact='System.Flow.Completion') }, query={\n"
          + "  SELECT ClientId, FlowId, Flow.request.artifacts AS Asked, Flow.create_time AS Made,"
          + " Flow.artifacts_with_results AS Found, Flow.state AS State FROM scope() })";

  /**
   * Who gets an archive: the one that is asked for, then by host, then by what the archive says.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C.asked | TILL-1 | 77 | C.ctx | C.asked",
        "'' | till-1 | 77 | C.ctx | C.known",
        "'' | TILL-2 | 77 | C.ctx | C.77",
        "'' | TILL-2 | '' | C.ctx | C.ctx",
        "'' | TILL-2 | '' | '' | C\\.[0-9a-f]{16}",
      })
  void anImportPicksTheClientAndSendsTheWholeFlow(
      String asked, String host, String hostId, String context, String client) throws IOException {
    TestFleet fleet =
        new TestFleet(root.resolve("fleet"))
            .client("C.known", "\"hostname\":\"TILL-1\"")
            .rule("R", RULE)
            .step(
                "\"do\":\"import\",\"path\":\"../a.zip\""
                    + (asked.isEmpty() ? "" : ",\"client\":\"" + asked + "\""));
    archive(
        "a.zip",
        "client_info.json",
        "{\"Hostname\":\"" + host + "\",\"HostID\":\"" + hostId + "\",\"OS\":\"linux\"}",
        "collection_context.json",
        "{\"session_id\":\"F.1\",\"client_id\":\""
            + context
            + "\",\"state\":2,\"create_time\":1700000000000000000,"
            + "\"request\":{\"artifacts\":[\"Shop.Tills\"]}}",
        "results/Shop.Tills%2FOpen.json",
        "{\"Till\":3}\n");

    assertThat(fleet.play().rowsOf("R"))
        .singleElement()
        .asString()
        .matches(
            "\\{\"ClientId\":\""
                + client
                + "\",\"FlowId\":\"F.1\",\"Asked\":\\[\"Shop.Tills\"\\],"
                + "\"Made\":1700000000000000,\"Found\":\\[\"Shop.Tills/Open\"\\],\"State\":2.*");
  }

  @Test
  void anImportKeepsWhatIsKnownOfItsClient() throws IOException {
    TestFleet fleet =
        new TestFleet(root.resolve("fleet"))
            .client("C.1", "\"hostname\":\"TILL-1\",\"labels\":[\"Now\"]")
            .client("C.2", "\"hostname\":\"TILL-2\",\"labels\":[\"Now\"]");
    archive(
        "exported.zip",
        "client_info.json",
        "{\"client_id\":\"C.1\",\"hostname\":\"OLD-1\",\"labels\":[\"Then\"],\"fqdn\":\"f.shop\"}",
        "results/A.json",
        "{}\n");
    archive(
        "offline.zip",
        "client_info.json",
        "{\"Hostname\":\"TILL-2\",\"OS\":\"linux\",\"Labels\":[]}",
        "results/A.json",
        "{}\n");

    try (StageBench bench = new StageBench(fleet.open())) {
      for (String name : List.of("exported", "offline")) {
        bench.value("import_collection(filename='" + root.resolve(name + ".zip") + "')");
      }
      assertThat(
              bench.rows(
                  "SELECT client_id AS C, os_info.hostname AS H, os_info.fqdn AS F,"
                      + " os_info.system AS S, labels AS L FROM clients() ORDER BY C"))
          .isEqualTo(
              "{\"C\":\"C.1\",\"H\":\"TILL-1\",\"F\":\"f.shop\",\"S\":\"\",\"L\":[\"Now\"]}\n"
                  + "{\"C\":\"C.2\",\"H\":\"TILL-2\",\"F\":\"\",\"S\":\"linux\",\"L\":[\"Now\"]}");
    }
  }

  /** Names in archives are escaped, but those that end like records are not set apart. */
  @Test
  void namesOfMembersAreTakenAsTheyAreButForEscapes() throws IOException {
    Path file =
        archive(
            "a.zip",
            "client_info.json",
            "{\"client_id\":\"C.1\"}",
            "collection_context.json",
            "{\"session_id\":\"F.1\"}",
            "results/Shop.Tills%2FOpen__.json",
            "{\"Till\":1}\n",
            "uploads/auto/C%3A/app/__pycache__/%2Ehidden",
            "a",
            "uploads/auto/C%3A/app/cache.db_",
            "b",
            "uploads/auto/C%3A/app/%3F%22%2A%7C%3C%3E%25%2C%20",
            "c");

    try (StageBench bench = new StageBench(Fleets.open(file))) {
      assertThat(
              bench.rows(
                  "SELECT OSPath.Components[5:] AS P FROM glob(accessor='fs',"
                      + " globs='/clients/C.1/collections/F.1/uploads/**') WHERE NOT IsDir"))
          .contains("[\"auto\",\"C:\",\"app\",\"__pycache__\",\".hidden\"]")
          .contains("[\"auto\",\"C:\",\"app\",\"cache.db_\"]")
          .contains("[\"auto\",\"C:\",\"app\",\"?\\\"*|\\u003c\\u003e%, \"]");
    }
    try (CollectorArchives fleet = new CollectorArchives(file)) {
      assertThat(rows(fleet, "C.1", "F.1", "Shop.Tills/Open__")).hasSize(1);
    }
  }

  @Test
  void whatAnImportOfArchivesLeavesOutIsTold() throws IOException {
    String[] more = {"metadata.json", "[{\"Case\":7}]", "requests.json", "{\"items\":[]}"};
    archive("in/1.zip", more);
    archive("in/2.zip", "metadata.json", "{}", "report.html", "<p>");
    Path table = archive("in/3.zip", "results/A.csv", "N\n1\n", "results/B.json", "{}\n");
    archive("in/4.zip", "results/A.csv", "N\n1\n", "results/A.json", "{\"N\":1}\n");
    CollectorArchives fleet = new CollectorArchives(root.resolve("in"));

    assertThat(FleetImport.leftOut(fleet))
        .containsExactly(
            root.resolve("in") + ": metadata of collections are not imported (2 files)",
            root.resolve("in") + ": reports are not imported (1 file)",
            root.resolve("in") + ": compiled requests are not imported (1 file)");
    assertThat(FleetImport.write(fleet, root.resolve("copy")).problems())
        .containsExactly(table + "!results/A.csv: is not read, and its rows are not there as JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"log.json", "logs.json"})
  void theLogHasEitherName(String name) throws IOException {
    Path file =
        archive(
            "a.zip",
            "client_info.json",
            "{\"client_id\":\"C.1\"}",
            "collection_context.json",
            "{\"session_id\":\"F.1\"}",
            name,
            "{\"message\":\"m\"}\n");
    List<Object> lines = new ArrayList<>();
    try (CollectorArchives fleet = new CollectorArchives(file)) {
      fleet.recorded().logs("C.1", "F.1", lines::add);
    }
    assertThat(lines).containsExactly(Dict.of("message", "m"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X509", "PGP"})
  void oneEncryptedArchiveCostsOnlyItself(String scheme) throws IOException {
    archive("in/1.zip", "client_info.json", "{\"client_id\":\"C.1\"}", "results/A.json", "{}\n");
    Path sealed =
        archive(
            "in/2.zip",
            "metadata.json",
            "[{\"EncryptedPass\":\"c2VjcmV0\",\"Scheme\":\"" + scheme + "\",\"PublicKey\":\"\"}]",
            "data.zip",
            "secret");
    archive("in/3.zip", "client_info.json", "{\"client_id\":\"C.3\"}", "results/A.json", "{}\n");

    try (CollectorArchives fleet = new CollectorArchives(root.resolve("in"))) {
      List<String> problems = FleetImport.write(fleet, root.resolve("copy")).problems();

      assertThat(problems)
          .singleElement()
          .asString()
          .startsWith(sealed + ": the archive is encrypted (" + scheme + "): decrypt the Encr")
          .endsWith("give the password that comes out");
    }
    assertThat(root.resolve("copy/flows/C.1")).isNotEmptyDirectory();
    assertThat(root.resolve("copy/flows/C.3")).isNotEmptyDirectory();
  }

  @Test
  void anOfflineCollectorSaysWhatItIs() throws IOException {
    Path file =
        archive(
            "a.zip",
            "client_info.json",
            "{\"Hostname\":\"T\",\"Architecture\":\"arm64\",\"Name\":\"velo\",\"Version\":\"0.7\","
                + "\"BuildTime\":\"2026-01-01T00:00:00Z\",\"build_url\":\"https://b.example\"}",
            "results/A.json",
            "{}\n");
    try (CollectorArchives fleet = new CollectorArchives(file)) {
      assertThat(client(fleet).toMap())
          .containsEntry("architecture", "arm64")
          .containsEntry("client_name", "velo")
          .containsEntry("client_version", "0.7")
          .containsEntry("build_time", "2026-01-01T00:00:00Z")
          .containsEntry("build_url", "https://b.example");
    }
  }
}
