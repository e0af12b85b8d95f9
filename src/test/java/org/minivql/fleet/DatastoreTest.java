package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.datastore.Datastore;
import org.minivql.fleet.layout.PathNames;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.source.FleetSource;
import org.minivql.value.Dict;

class DatastoreTest {
  private static final String CLIENT = "C.4f5e52adf0a337a9";
  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void place() throws IOException {
    root = Files.createDirectory(folder.resolve("store"));
  }

  private static Datastore sample() {
    Path shared = Path.of(System.getProperty("vql.shared.dir", "../shared"));
    Path store = shared.resolve("data").resolve("datastore");
    assumeTrue(Files.isDirectory(store), "no sample datastore in " + store);
    return new Datastore(store, Instant.ofEpochSecond(1_590_938_885));
  }

  private Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return file;
  }

  private Datastore store() {
    return new Datastore(root, Instant.EPOCH);
  }

  private List<Dict> clients(Datastore store) {
    List<Dict> clients = new ArrayList<>();
    store.clients(clients::add);
    return clients;
  }

  @Test
  void theSampleClientIsReadFromItsBinaryRecord() {
    List<Dict> clients = clients(sample());

    assertThat(clients).hasSize(1);
    Dict client = clients.get(0);
    assertThat(client.get("client_id")).isEqualTo(CLIENT);
    assertThat(client.get("hostname")).isEqualTo("DESKTOP-BP4S7TF");
    assertThat(client.get("system")).isEqualTo("windows");
    assertThat(client.get("labels")).isEqualTo(List.of("Dev"));
    assertThat(client.get("ip_address")).isEqualTo("192.168.1.112:60239");
    assertThat(client.get("ping")).isEqualTo(1638362977493088L);
  }

  @Test
  void totalsOfTheSampleFlowComeFromItsStats() {
    Dict flow = sample().recorded().flow(CLIENT, "F.BSJMEJIPT6P9I");

    assertThat(flow.get("state")).isEqualTo("FINISHED");
    assertThat(flow.get("client_id")).isEqualTo(CLIENT);
    assertThat(flow.get("total_collected_rows")).isEqualTo(71L);
    assertThat(flow.get("artifacts_with_results"))
        .isEqualTo(List.of("Windows.Network.NetstatEnriched/Netstat"));
    assertThat(((Dict) flow.get("request")).get("artifacts"))
        .isEqualTo(List.of("Windows.Network.NetstatEnriched"));
  }

  @Test
  void theSampleRowsEventsAndNotebooksAreRead() {
    Datastore sample = sample();
    List<Object> rows = new ArrayList<>();
    sample
        .recorded()
        .results(CLIENT, "F.BSJMEJIPT6P9I", "Windows.Network.NetstatEnriched/Netstat", rows::add);
    assertThat(rows).hasSize(57);
    rows.clear();
    sample
        .recorded()
        .results(CLIENT, "F.BN2HP3OSS3LK6", "Windows.Applications.ChocolateyPackages", rows::add);
    assertThat(rows).hasSize(1);
    rows.clear();
    sample.recorded().events(CLIENT, "Windows.Events.ProcessCreation", null, null, rows::add);
    assertThat(rows).hasSize(6);
    assertThat((Long) ((Dict) rows.get(0)).get("_ts")).isGreaterThan(1_500_000_000_000L);
    rows.clear();
    sample.recorded().events("server", "Server.Monitor.Health/Prometheus", null, null, rows::add);
    assertThat(rows.size()).isGreaterThan(10);
    rows.clear();
    assertThat(sample.recorded().notebook("N.H.19c0c0a2", "NC.BUURUOMSSMJ5I", 1, rows::add))
        .isTrue();
    assertThat(rows).hasSize(3);
    assertThat(sample.problems()).isEmpty();
  }

  @Test
  void theSampleHuntsHaveTheirMembers() {
    List<Dict> hunts = new ArrayList<>();
    sample().hunts(hunts::add);

    assertThat(hunts).extracting(hunt -> hunt.get("hunt_id")).contains("H.49ba8939");
    Dict hunt = hunts.stream().filter(h -> h.get("hunt_id").equals("H.49ba8939")).findFirst().get();
    assertThat(hunt.get("creator")).isEqualTo("mic");
    assertThat(((List<?>) hunt.get("members"))).hasSize(1);
  }

  @Test
  void aPlanRunsOnTheSample() {
    Plan plan = new DryRun(sample(), List.of()).plan();
    assertThat(plan.clientsTotal()).isEqualTo(1);
  }

  @Test
  void labelsOfTheirOwnWinAndMetadataIsRead() throws IOException {
    write(
        "clients/C.1.json.db", "{\"clientId\":\"C.1\",\"labels\":[\"Old\"],\"firstSeenAt\":\"5\"}");
    write("clients/C.1/labels.json.db", "{\"label\":[\"New\"],\"timestamp\":\"7\"}");
    write(
        "clients/C.1/metadata.json.db",
        "{\"items\":[{\"key\":\"a\",\"value\":\"1\"}],\"clientId\":\"C.1\"}");

    Dict client = clients(store()).get(0);
    assertThat(client.get("labels")).isEqualTo(List.of("New"));
    assertThat(client.get("first_seen_at")).isEqualTo(5L);
    List<Dict> metadata = new ArrayList<>();
    store().metadata(metadata::add);
    assertThat(metadata)
        .containsExactly(Dict.of("client_id", "C.1", "metadata", Dict.of("a", "1")));
  }

  @Test
  void damagedFilesAreNotedAndSkipped() throws IOException {
    write("clients/C.1.json.db", "{\"clientId\":\"C.1\"}");
    write("clients/C.2.json.db", "{\"clientId\":");
    Files.write(root.resolve("clients/C.3.db"), new byte[] {0x0a, 0x50, 1});

    Datastore store = store();
    assertThat(clients(store)).extracting(c -> c.get("client_id")).containsExactly("C.1");
    assertThat(store.problems())
        .hasSize(2)
        .anyMatch(p -> p.contains("C.2.json.db:1:"))
        .anyMatch(p -> p.contains("C.3.db: damaged: a field that is longer than the record"));
  }

  @Test
  void editedRowsAreReadFromWhereTheyWent() throws IOException {
    String row = Base64.getEncoder().encodeToString("{\"a\":9}".getBytes(StandardCharsets.UTF_8));
    String text = "{\"a\":1}\n@16     \n{\"a\":3}\n";
    String edit = "@{\"OriginalIndex\":1,\"Data\":\"" + row + "\"}\n";
    text = text.replace("@16", "@" + text.length());
    write("clients/C.1/artifacts/A/F.1.json", text + edit);
    List<Object> rows = new ArrayList<>();

    store().recorded().results("C.1", "F.1", "A", rows::add);

    assertThat(rows).containsExactly(Dict.of("a", 1L), Dict.of("a", 9L), Dict.of("a", 3L));
  }

  /** A row that became shorter leaves room, in its own line or before the next one. */
  @Test
  void roomThatAnEditedRowLeavesIsNoRow() throws IOException {
    String row = Base64.getEncoder().encodeToString("{\"a\":9}".getBytes(StandardCharsets.UTF_8));
    String text = "{\"a\":1}\n@00\n      {\"a\":3}\n{\"a\":4}   \n   {\"a\":5}\n       \n";
    String edit = "@{\"OriginalIndex\":1,\"Data\":\"" + row + "\"}\n";
    text = text.replace("@00", "@" + text.length());
    write("clients/C.1/artifacts/A/F.1.json", text + edit);
    List<Object> rows = new ArrayList<>();
    Datastore store = store();

    store.recorded().results("C.1", "F.1", "A", edited -> rows.add(((Dict) edited).get("a")));

    assertThat(rows).containsExactly(1L, 9L, 3L, 4L, 5L);
    assertThat(store.problems()).isEmpty();
  }

  @Test
  void encryptedPiecesOfRowsAreTold() throws IOException {
    byte[] packed = deflated("{\"a\":1}\n", 1);
    compressed(packed, 0, packed.length);
    Path index = root.resolve("clients/C.1/artifacts/A/F.1/S.json.chunk");
    byte[] pieces = Files.readAllBytes(index);
    pieces[32] = 7;
    Files.write(index, pieces);

    assertThat(problem()).endsWith("S.json: cannot be read: it is encrypted");
  }

  @Test
  void theIndexOfTimesWinsOverTheTimesInTheRows() throws IOException {
    String day = "clients/C.1/monitoring/Shop.Door/2020-09-13.json";
    write(day, "{\"N\":1,\"_ts\":1600000005}\n{\"N\":2,\"_ts\":1600000013}\n");
    ByteBuffer index = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    index.putLong(1_600_000_000_250_999_999L).putLong(0).putLong(0);
    index.putLong(1_600_000_010_000_000_000L).putLong(28).putLong(0);
    Files.write(root.resolve(day + ".tidx"), index.array());
    List<Object> rows = new ArrayList<>();
    Datastore store = store();

    store.recorded().events("C.1", "Shop.Door", null, null, rows::add);
    Instant until = Instant.ofEpochSecond(1_600_000_002);
    store.recorded().events("C.1", "Shop.Door", null, until, rows::add);

    Dict first = Dict.of("N", 1L, "_ts", 1_600_000_000_250L);
    Dict second = Dict.of("N", 2L, "_ts", 1_600_000_010_000L);
    assertThat(rows).containsExactly(first, second, first);
    assertThat(store.problems()).isEmpty();
  }

  @Test
  void aFlowWithAnEmptyRecordIsKnownByItsRowsAndTotals() throws IOException {
    write("clients/C.1/collections/F.1.db", "");
    write("clients/C.1/collections/F.1/stats.json.db", "{\"totalCollectedRows\":\"2\"}");
    write("clients/C.1/artifacts/Shop.Tills/F.1/Open.json", "{\"a\":1}\n{\"a\":2}\n");
    Datastore store = store();

    Dict flow = store.recorded().flow("C.1", "F.1");

    assertThat(store.completions().size()).isEqualTo(1);
    assertThat(flow.get("session_id")).isEqualTo("F.1");
    assertThat(flow.get("artifacts_with_results")).isEqualTo(List.of("Shop.Tills/Open"));
    assertThat(flow.get("total_collected_rows")).isEqualTo(2L);
    assertThat(store.problems()).isEmpty();
  }

  @Test
  void theSnapshotOfAllClientsWinsOverTheirOwnRecords() throws IOException {
    write(
        "client_info/snapshot.json",
        "{\"client_id\":\"C.b1\",\"info\":\"0a04432e62311a0354494c\"}\n");
    write("clients/C.b1.json.db", "{\"clientId\":\"C.b1\",\"hostname\":\"OLD\"}");
    write("clients/C.b1/ping.json.db", "{\"ipAddress\":\"192.0.2.1:1\"}");
    write("clients/C.c1.json.db", "{\"clientId\":\"C.c1\",\"hostname\":\"NEW\"}");

    assertThat(clients(store()))
        .containsExactly(
            Dict.of("client_id", "C.b1", "hostname", "TIL"),
            Dict.of("client_id", "C.c1", "hostname", "NEW"));
  }

  @Test
  void flowsOfTheServerAreFlowsOfTheFleet() throws IOException {
    write("clients/C.1.json.db", "{\"clientId\":\"C.1\"}");
    write(
        "clients/server/collections/F.5.json.db",
        "{\"sessionId\":\"F.5\",\"state\":\"FINISHED\",\"createTime\":\"1600000000000000\","
            + "\"artifactsWithResults\":[\"Server.Shop.Count\"]}");
    write("clients/server/artifacts/Server.Shop.Count/F.5.json", "{\"Tills\":3}\n");
    Artifact rule =
        Artifact.parse(
            "name: Seen\ntype: SERVER_EVENT\nsources:\n- query: SELECT label(client_id='C.1',"
                + " labels=FlowId, op='set') AS L FROM"
                + " watch_monitoring(artifact='System.Flow.Completion')\n");

    assertThat(store().recorded().kind("Server.Shop.Count")).isEqualTo("SERVER");
    assertThat(new DryRun(store(), List.of(rule)).plan().changes())
        .singleElement()
        .hasFieldOrPropertyWithValue("value", "F.5");
    FleetImport.write(store(), folder.resolve("copy"));
    FleetSource copy = Fleets.open(folder.resolve("copy"));
    List<Object> rows = new ArrayList<>();
    copy.recorded().results("server", "F.5", "Server.Shop.Count", rows::add);
    assertThat(rows).containsExactly(Dict.of("Tills", 3L));
  }

  @Test
  void theIndexOfAHuntSaysWhoRanItWhereNothingElseDoes() throws IOException {
    write("clients/C.a1.json.db", "{\"clientId\":\"C.a1\"}");
    write("hunts/H.7AB.json.db", "{\"huntId\":\"H.7AB\",\"state\":\"STOPPED\"}");
    write("hunts/H.8.json.db", "{\"huntId\":\"H.8\",\"state\":\"STOPPED\"}");
    write("hunts/H.8.json", "{\"HuntId\":\"H.8\",\"ClientId\":\"C.a1\",\"FlowId\":\"F.3\"}\n");
    write("hunt_index/h.7ab/C.a1.db", "");
    write("hunt_index/h.7ab/C.b2.db", "");
    write("hunt_index/h.8/C.b2.db", "");

    try (StageBench bench = new StageBench(store())) {
      assertThat(
              bench.rows(
                  "SELECT * FROM foreach(row={ SELECT hunt_id FROM hunts() ORDER BY hunt_id },"
                      + " query={ SELECT HuntId, ClientId, FlowId FROM"
                      + " hunt_flows(hunt_id=hunt_id) ORDER BY ClientId })"))
          .isEqualTo(
              "{\"HuntId\":\"H.7AB\",\"ClientId\":\"C.a1\",\"FlowId\":\"F.7AB.H\"}\n"
                  + "{\"HuntId\":\"H.7AB\",\"ClientId\":\"C.b2\",\"FlowId\":\"F.7AB.H\"}\n"
                  + "{\"HuntId\":\"H.8\",\"ClientId\":\"C.a1\",\"FlowId\":\"F.3\"}");
    }
  }

  @Test
  void aHuntWithoutARecordIsTold() throws IOException {
    write("clients/C.a1.json.db", "{\"clientId\":\"C.a1\"}");
    Path empty = write("hunts/H.1.db", "");
    Path nameless = write("hunts/H.2.json.db", "{\"state\":\"STOPPED\"}");
    Path members = write("hunts/H.3.json", "{\"HuntId\":\"H.3\",\"ClientId\":\"C.a1\"}\n");
    write("hunts/H.4.json.db", "{\"huntId\":\"H.4\"}");
    write("hunts/H.4_errors.json", "");
    write("hunts/index.json", "");
    write("hunt_index/h.1/C.a1.db", "");
    write("hunt_index/h.3/C.a1.db", "");
    write("hunt_index/h.4/C.a1.db", "");
    write("hunt_index/h.5/C.a1.db", "");

    Datastore store = store();
    List<Object> hunts = new ArrayList<>();
    store.hunts(hunt -> hunts.add(hunt.get("hunt_id")));
    store.hunts(hunt -> {});

    assertThat(hunts).containsExactly("H.4");
    assertThat(store.problems())
        .containsExactly(
            empty + ": is empty, so there is no record of this hunt",
            nameless + ": has no id, so there is no record of this hunt",
            members + ": there is no record of this hunt",
            root.resolve("hunt_index/h.5") + ": there is no record of this hunt");
  }

  private static byte[] deflated(String text, int times) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      for (int i = 0; i < times; i++) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return packed.toByteArray();
  }

  /** Compressed rows with pairs of offset and size for their pieces. */
  private void compressed(byte[] packed, long... pieces) throws IOException {
    Path file = write("clients/C.1/artifacts/A/F.1/S.json", "");
    Files.write(file, packed);
    ByteBuffer index = ByteBuffer.allocate(20 * pieces.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < pieces.length; i += 2) {
      index.putLong(0).putLong(pieces[i]).putLong(pieces[i + 1]).putLong(16).putLong(0);
    }
    Files.write(file.resolveSibling("S.json.chunk"), index.array());
  }

  /** What is wrong with the compressed rows. */
  private String problem() {
    Datastore store = store();
    store.recorded().results("C.1", "F.1", "A/S", row -> true);
    assertThat(store.problems()).hasSize(1);
    return store.problems().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 5",
    "0, -1",
    "0, 1000000",
    "1, 9223372036854775807",
    "9223372036854775807, 1",
    "0, 4294967296"
  })
  void aDamagedIndexOfCompressedRowsIsTold(long offset, long size) throws IOException {
    compressed(deflated("{}\n", 1), offset, size);
    assertThat(problem()).endsWith("S.json: cannot be read: its chunk index is damaged");
  }

  @Test
  void compressedRowsCannotGrowOutOfProportion() throws IOException {
    byte[] packed = deflated("\n".repeat(1 << 20), 64);
    compressed(packed, 0, packed.length);
    assertThat(problem()).contains("S.json: cannot be read: decompressed data is more than ");

    byte[] row = deflated("x".repeat(1 << 20), 65);
    byte[] padded = Arrays.copyOf(row, 1 << 20);
    compressed(padded, 0, padded.length);
    assertThat(problem()).contains("S.json: cannot be read: a row is longer than 67108864 bytes");
  }

  @Test
  void piecesOfCompressedRowsDoNotOverlap() throws IOException {
    byte[] packed = deflated("{\"a\":1}\n", 1);
    compressed(packed, 0, packed.length, 0, packed.length);
    assertThat(problem()).endsWith("S.json: cannot be read: its chunk index is damaged");
  }

  @Test
  void compressedRowsAreUnpacked() throws IOException {
    byte[] packed = deflated("{\"a\":1}\n{\"a\":2}\n", 1);
    compressed(packed, 0, packed.length);
    List<Object> rows = new ArrayList<>();

    store().recorded().results("C.1", "F.1", "A/S", rows::add);

    assertThat(rows).containsExactly(Dict.of("a", 1L), Dict.of("a", 2L));
  }

  @Test
  void aDamagedLineIsNotedAndTheOthersAreRead() throws IOException {
    write("clients/C.1/artifacts/A/F.1.json", "{\"a\":1}\n{\"a\":\n{\"a\":3}\n");
    Datastore store = store();
    List<Object> rows = new ArrayList<>();

    store.recorded().results("C.1", "F.1", "A", rows::add);

    assertThat(rows).containsExactly(Dict.of("a", 1L), Dict.of("a", 3L));
    assertThat(store.problems()).hasSize(1).allMatch(p -> p.contains("F.1.json:2:"));
  }

  @Test
  void filesOfNoKnownKindAreTold() throws IOException {
    write("clients/C.1.json.db", "{\"clientId\":\"C.1\"}");
    write("clients/C.1/collections/F.1/oops.tmp", "");
    write("clients/C.1/monitoring/Q/2024-01-01.json", "");
    write("readme.txt", "");
    write("orgs/O1/clients/C.2.json.db", "{}");
    Datastore store = store();

    assertThat(store.problems()).isEmpty();
    store.survey();

    assertThat(store.problems())
        .containsExactlyInAnyOrder(
            root.resolve("clients/C.1/collections/F.1/oops.tmp") + ": is of no known kind",
            root.resolve("readme.txt") + ": is of no known kind",
            root.resolve("orgs/O1") + ": is of another org: read it as a fleet of its own");
    assertThat(clients(new Datastore(root.resolve("orgs/O1"), Instant.EPOCH))).hasSize(1);
  }

  @Test
  void namesTooLongForAFileAreReadBackFromTheirHashes() throws Exception {
    String artifact = "Shop." + "Doors".repeat(60);
    String source = "Front ".repeat(60) + "door";
    String folder = "clients/C.1/artifacts/" + PathNames.encode(artifact) + "/F.1/";
    write(folder + PathNames.encode(source) + ".json", "{\"N\":1}\n");
    write(folder + "#0123.json", "{\"N\":2}\n");
    write("lfn_hashes/aa/b.json.db", "{\"components\":[\"" + artifact + "\"]}");
    write("lfn_hashes/aa/c.json.db", "{\"components\":[\"" + source + "\"]}");
    write("lfn_hashes/aa/bad.json.db", "{");
    List<Object> rows = new ArrayList<>();
    Datastore store = store();

    assertThat(PathNames.encode(source)).hasSize(41).startsWith("#");
    assertThat(store.recorded().kind(artifact)).isEqualTo("CLIENT");
    assertThat(store.recorded().kind(artifact + "/" + source)).isEqualTo("CLIENT");
    assertThat(store.recorded().kind(artifact + "/#0123")).isEqualTo("CLIENT");
    assertThat(store.recorded().results("C.1", "F.1", artifact + "/" + source, rows::add)).isTrue();
    assertThat(rows).containsExactly(Dict.of("N", 1L));
    assertThat(store.problems()).singleElement().asString().contains("bad.json.db");
  }

  @Test
  void everyFileOfTheSampleIsOfAKnownKind() {
    Datastore sample = sample();
    sample.survey();
    assertThat(sample.problems()).isEmpty();
  }

  @Test
  void olderLogsAreTables() throws IOException {
    String table = "Timestamp,time,message\n1700000000500000,x,\"one, two\"\n";
    write("clients/C.1/collections/F.1/logs", table);
    write("clients/C.1/collections/F.2/logs.json", table);
    write("clients/C.1/collections/F.3/logs.json", "Timestamp,time,message\nnever,x,y\n");
    Dict line =
        Dict.of(
            "client_time",
            1_700_000_000L,
            "level",
            "DEFAULT",
            "message",
            "one, two",
            "_ts",
            1_700_000_000L);
    Datastore store = store();
    List<Object> lines = new ArrayList<>();

    store.recorded().logs("C.1", "F.1", lines::add);
    store.recorded().logs("C.1", "F.2", lines::add);
    store.recorded().logs("C.1", "F.3", lines::add);

    assertThat(lines).containsExactly(line, line);
    assertThat(store.problems()).hasSize(1).allMatch(p -> p.contains("F.3") && p.contains("never"));
  }

  private String raw(String query) {
    try (StageBench bench = new StageBench(store())) {
      return bench.rows(query);
    }
  }

  @Test
  void namesThatEndLikeRecordsAndOddOnesAreReadBack() throws IOException {
    write("clients/C.1_.json.db", "");
    write("clients/C.2__.json.db", "{\"clientId\":\"C.2_\"}");
    write("clients/C.2__/collections/F.1.json.db", "{\"sessionId\":\"F.1\"}");
    write("clients/C.2__/artifacts/Shop.db_/F.1/Open__.json", "{\"N\":1}\n");
    write("clients/C.2__/artifacts/Shop%3AOdd%2FName/F.1.json", "{\"N\":2}\n");
    write("clients/C.2__/monitoring/Bell.db_/%23Front__/2020-01-01.json", "{\"N\":3,\"_ts\":1}\n");
    write("clients/C.2__/collections/F.1/uploads/auto/C%3A/cache.db_", "kept");
    write("notebooks/N.1__/NC.1__/query_1.json", "{\"N\":4}\n");
    Datastore store = store();
    List<String> names = new ArrayList<>();
    List<Object> rows = new ArrayList<>();

    store.recorded().resultNames("C.2_", "F.1", names::add);
    store.recorded().queues((client, queue) -> names.add(client + " " + queue));
    store.recorded().notebooks(names::add);
    store.recorded().tables("N.1_", (cell, table) -> names.add(cell));
    store.recorded().results("C.2_", "F.1", "Shop.db/Open_", rows::add);
    store.recorded().events("C.2_", "Bell.db/#Front_", null, null, rows::add);
    store.recorded().notebook("N.1_", "NC.1_", 1, rows::add);

    assertThat(names)
        .containsExactly("Shop:Odd/Name", "Shop.db/Open_", "C.2_ Bell.db/#Front_", "N.1_", "NC.1_");
    assertThat(rows)
        .containsExactly(Dict.of("N", 1L), Dict.of("N", 3L, "_ts", 1000L), Dict.of("N", 4L));
    assertThat(raw("SELECT Name FROM glob(accessor='fs', globs='/clients/C.2_/**/cache.db')"))
        .isEqualTo("{\"Name\":\"cache.db\"}");
  }

  @Test
  void longNamesOfQueuesAndUploadsAreReadBackFromTheirHashes() throws IOException {
    String queue = "Shop." + "Bells".repeat(60);
    String file = "x".repeat(260) + ".log";
    String flow = "clients/C.1/collections/F.1";
    write(flow + ".json.db", "{\"sessionId\":\"F.1\"}");
    write(flow + "/uploads/auto/" + PathNames.encode(file), "kept");
    write(
        "clients/C.1/monitoring/" + PathNames.encode(queue) + "/2020-01-01.json", "{\"_ts\":1}\n");
    write("lfn_hashes/a.json.db", "{\"components\":[\"" + queue + "\"]}");
    write("lfn_hashes/b.json.db", "{\"components\":[\"" + file + "\"]}");
    List<String> queues = new ArrayList<>();

    store().recorded().queues((client, name) -> queues.add(name));

    assertThat(queues).containsExactly(queue);
    assertThat(
            raw(
                "SELECT Name, read_file(accessor='fs', filename=OSPath) AS T FROM"
                    + " glob(accessor='fs', globs='/clients/C.1/collections/F.1/uploads/auto/*')"))
        .isEqualTo("{\"Name\":\"" + file + "\",\"T\":\"kept\"}");
  }

  @Test
  void aNotebookIsNotSoughtOutsideOfTheStore() throws IOException {
    Files.createDirectories(folder.resolve("other/NC.1"));
    Files.writeString(folder.resolve("other/NC.1/query_1.json"), "{\"N\":1}\n");
    write("notebooks/N.1/NC.1/query_1.json", "{\"N\":2}\n");

    for (String id : List.of("../../other", "N.1/../../../other")) {
      assertThat(store().recorded().notebook(id, "NC.1", 1, row -> true)).isFalse();
    }
    assertThat(store().recorded().notebook("N.1", "../N.1/NC.1", 1, row -> true)).isFalse();
    assertThat(store().recorded().notebook("N.1", "NC.1", 1, row -> true)).isTrue();
  }

  @Test
  void labelsOfABinaryFileOfTheirOwnAreRead() throws IOException {
    write("clients/C.1.json.db", "{\"clientId\":\"C.1\",\"labels\":[\"Old\"]}");
    Files.createDirectories(root.resolve("clients/C.1"));
    Files.write(
        root.resolve("clients/C.1/labels.db"), new byte[] {0x08, 7, 0x12, 3, 'N', 'e', 'w'});

    assertThat(clients(store()).get(0).toMap())
        .containsEntry("labels", List.of("New"))
        .containsEntry("labels_timestamp", 7L);
  }

  @Test
  void aClientWhoseLineInTheSnapshotIsDamagedIsReadFromItsOwnRecord() throws IOException {
    write(
        "client_info/snapshot.json",
        "{\"client_id\":\"C.b1\",\"info\":\"0aff\"}\n{\"client_id\":\n"
            + "{\"client_id\":\"C.b2\",\"info\":\"0a04432e62321a0354494d\"}\n");
    write("clients/C.b1.json.db", "{\"clientId\":\"C.b1\",\"hostname\":\"OWN\"}");
    Datastore store = store();

    assertThat(clients(store))
        .extracting(c -> c.get("client_id") + " " + c.get("hostname"))
        .containsExactlyInAnyOrder("C.b1 OWN", "C.b2 TIM");
    assertThat(store.problems())
        .hasSize(2)
        .anyMatch(p -> p.contains("snapshot.json: client C.b1: damaged: "))
        .anyMatch(p -> p.contains("snapshot.json:2:"));
  }
}
