package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.datastore.Datastore;
import org.minivql.registry.flow.Recorded;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** A small datastore of a real server, written over the years by its different versions. */
class SampleDatastoreTest {
  private static final String CLIENT = "C.4f5e52adf0a337a9";
  private static final String HEALTH = "Server.Monitor.Health/Prometheus";

  @TempDir Path folder;
  private Path root;
  private Datastore store;

  @BeforeEach
  void open() {
    Path shared = Path.of(System.getProperty("vql.shared.dir", "../shared"));
    root = shared.resolve("data").resolve("datastore");
    assumeTrue(Files.isDirectory(root), "no sample datastore in " + root);
    store = new Datastore(root, Instant.ofEpochSecond(1_590_938_885));
  }

  private interface Reading {
    void read(Recorded recorded, Sink out);
  }

  private List<Dict> rows(Reading reading) {
    List<Dict> rows = new ArrayList<>();
    reading.read(store.recorded(), row -> rows.add((Dict) row));
    return rows;
  }

  private List<Dict> events(String owner, String queue, String day) {
    Instant from = Instant.parse(day + "T00:00:00Z");
    return rows((all, out) -> all.events(owner, queue, from, from.plusSeconds(86_400), out));
  }

  @Test
  void theBinaryRecordHasTheFieldsOfItsTimeAndThePingIsLaidOverIt() {
    List<Dict> clients = new ArrayList<>();
    store.clients(clients::add);

    assertThat(clients).hasSize(1);
    assertThat(clients.get(0).toMap())
        .containsEntry("client_id", CLIENT)
        .containsEntry("hostname", "DESKTOP-BP4S7TF")
        .containsEntry("fqdn", "DESKTOP-BP4S7TF")
        .containsEntry("system", "windows")
        .containsEntry(
            "release", "Microsoft Windows 10 Enterprise Evaluation10.0.18362 Build 18362")
        .containsEntry("architecture", "amd64")
        .containsEntry("client_version", "2019-11-07T22:08:33+10:00")
        .containsEntry("client_name", "velociraptor")
        .containsEntry("labels", List.of("Dev"))
        .containsEntry("last_interrogate_flow_id", "F.BN21C82J8DM8K")
        .containsEntry("ip_address", "192.168.1.112:60239")
        .containsEntry("ping", 1_638_362_977_493_088L)
        .containsEntry("ping_time", "2021-12-01 22:49:37.493088 +1000 AEST")
        .containsEntry("last_hunt_timestamp", 1_638_328_729_918_951L)
        .containsEntry("last_event_table_version", 1_638_341_638_041_465_436L);
  }

  @Test
  void rowsAreWhatIsThereNotWhatTotalsSay() {
    String netstat = "Windows.Network.NetstatEnriched/Netstat";
    String packages = "Windows.Applications.ChocolateyPackages";

    assertThat(rows((all, out) -> all.results(CLIENT, "F.BSJMEJIPT6P9I", netstat, out)))
        .hasSize(57);
    assertThat(rows((all, out) -> all.results(CLIENT, "F.BN2HP3OSS3LK6", packages, out)))
        .hasSize(1);
    Dict flow = store.recorded().flow(CLIENT, "F.BSJMEJIPT6P9I");
    assertThat(flow.get("total_collected_rows")).isEqualTo(71L);
    assertThat(flow.get("artifacts_with_results")).isEqualTo(List.of(netstat));
  }

  /** The context says that it runs, for another client, and has none of the times. */
  @Test
  void totalsWinOverTheContextAndTheFolderOverTheClientItNames() {
    Dict flow = store.recorded().flow(CLIENT, "F.BSJMEJIPT6P9I");

    assertThat(flow.get("state")).isEqualTo("FINISHED");
    assertThat(flow.get("client_id")).isEqualTo(CLIENT);
    assertThat(((Dict) flow.get("request")).get("client_id")).isEqualTo("C.622d19ea21109231");
    assertThat(flow.get("create_time")).isEqualTo(1_701_175_416_907_783L);
    assertThat(flow.get("start_time")).isEqualTo(1_701_175_416_937_261L);
    assertThat(flow.get("active_time")).isEqualTo(1_701_175_432_476_534L);
  }

  @Test
  void aFlowWithoutResultsHasItsLog() {
    String flow = "F.BN21C7HOQ10VQ";

    assertThat(((Dict) store.recorded().flow(CLIENT, flow).get("request")).get("artifacts"))
        .isEqualTo(List.of("Generic.Client.Info"));
    List<String> names = new ArrayList<>();
    store.recorded().resultNames(CLIENT, flow, names::add);
    assertThat(names).isEmpty();
    assertThat(rows((all, out) -> all.logs(CLIENT, flow, out)))
        .hasSize(2)
        .allMatch(line -> line.get("client_time").equals(1_573_131_808L));
  }

  /** One of them is a table, another one has lines of an older form. */
  @Test
  void logsUnderTheNameOfJsonAreReadWhateverTheyAre() {
    Path logs = root.resolve("clients/" + CLIENT + "/collections/F.BN2HP3OSS3LK6/logs.json");
    assertThat(logs).content().startsWith("Timestamp,");

    assertThat(rows((all, out) -> all.logs(CLIENT, "F.BN2HP3OSS3LK6", out)))
        .extracting(line -> line.get("client_time"))
        .containsExactly(1_573_198_991L);
    assertThat(rows((all, out) -> all.logs(CLIENT, "F.BSJMEJIPT6P9I", out)))
        .extracting(line -> line.get("message"))
        .contains("vql: Starting query execution.\n");
  }

  @Test
  void uploadsAreRead() {
    try (StageBench bench = new StageBench(store)) {
      String uploads = "/clients/" + CLIENT + "/collections/";
      String sparse = uploads + "F.BN2HJBD1R85EA/uploads/sparse/X.txt";
      assertThat(bench.value("read_file(accessor='fs', filename='" + sparse + "')"))
          .isEqualTo("\"The qred f\"");
      assertThat(
              bench.value(
                  "parse_json(data=read_file(accessor='fs', filename='"
                      + sparse
                      + ".idx')).ranges.length"))
          .isEqualTo("[5,5,5]");
      assertThat(
              bench.rows(
                  "SELECT Upload.Size AS Size, Upload.StoredSize AS Kept FROM uploads(client_id='"
                      + CLIENT
                      + "', flow_id='F.BN2HJBD1R85EA') LIMIT 1"))
          .isEqualTo("{\"Size\":15,\"Kept\":10}");
      assertThat(
              bench.rows(
                  "SELECT Name, Size FROM glob(accessor='fs', globs='"
                      + uploads
                      + "F.BN2HJCPOF5U7U/uploads/file/C:/*')"))
          .isEqualTo(
              "{\"Name\":\"1.zip\",\"Size\":"
                  + size("F.BN2HJCPOF5U7U/uploads/file/C%3A/1.zip")
                  + "}");
    }
  }

  private long size(String name) {
    return root.resolve("clients/" + CLIENT + "/collections/" + name).toFile().length();
  }

  @Test
  void eventsAreReadWithTheirTimes() {
    assertThat(events(CLIENT, "Windows.Events.ProcessCreation", "2019-10-25")).hasSize(6);
    assertThat(events(CLIENT, "Generic.Client.Stats", "2021-12-07"))
        .extracting(row -> row.get("_ts"))
        .containsExactly(
            1_638_919_340_623L,
            1_638_919_344_935L,
            1_638_919_349_247L,
            1_638_919_353_558L,
            1_638_919_357_870L);
    List<Dict> health = events("server", HEALTH, "2023-09-07");
    assertThat(health).hasSize(10);
    for (int i = 1; i < health.size(); i++) {
      long apart = (Long) health.get(i).get("_ts") - (Long) health.get(i - 1).get("_ts");
      assertThat(apart).isBetween(9_900L, 10_100L);
    }
    // An older day has no times but those in its rows.
    assertThat(events("server", HEALTH, "2020-11-08"))
        .hasSize(227)
        .extracting(row -> row.get("_ts"))
        .startsWith(1_604_840_903_000L, 1_604_840_923_000L);
    assertThat(rows((all, out) -> all.eventLogs(CLIENT, "Generic.Client.Stats", null, null, out)))
        .hasSize(5);
  }

  @Test
  void huntsAreReadWithTheirMembersAndNotebooks() {
    List<Dict> hunts = new ArrayList<>();
    store.hunts(hunts::add);

    assertThat(hunts)
        .extracting(hunt -> hunt.get("hunt_id"))
        .containsExactly("H.19c0c0a2", "H.49ba8939");
    assertThat((List<?>) hunts.get(1).get("members"))
        .singleElement()
        .extracting(member -> ((Dict) member).get("ClientId") + "/" + ((Dict) member).get("FlowId"))
        .isEqualTo(CLIENT + "/F.BSJMEJIPT6P9I");
    assertThat(rows((all, out) -> all.notebook("N.H.19c0c0a2", "NC.BUURUOMSSMJ5I", 1, out)))
        .hasSize(3);
    assertThat(store.recorded().notebook("N.CG74N2JSSV75S").get("notebook_id"))
        .isEqualTo("N.CG74N2JSSV75S");
  }

  /** What is there is the same in the import, and what is wrong with it, too. */
  @Test
  void anImportTellsTheSame() {
    FleetImport.write(store, folder.resolve("copy"));

    assertThat(FleetCheck.of(Fleets.open(folder.resolve("copy")))).isEqualTo(FleetCheck.of(store));
    assertThat(FleetSummary.of(Fleets.open(folder.resolve("copy"))).toMap())
        .containsAllEntriesOf(withoutName(FleetSummary.of(store)));
    String query =
        "SELECT * FROM foreach(row={ SELECT client_id FROM clients() }, query={ SELECT * FROM"
            + " flows(client_id=client_id) })";
    try (StageBench source = new StageBench(store);
        StageBench copy = new StageBench(Fleets.open(folder.resolve("copy")))) {
      assertThat(copy.rows(query)).isEqualTo(source.rows(query)).contains("F.BN21C7HOQ10VQ");
    }
    assertThat(store.problems()).isEmpty();
  }

  private static Map<String, Object> withoutName(Dict summary) {
    Map<String, Object> members = new TreeMap<>(summary.toMap());
    members.remove("name");
    return members;
  }
}
