package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.datastore.Datastore;

/** What a server stores, as queries see it: files, uploads, notebooks, timelines, downloads. */
class StoredThingsTest {
  private static final String CLIENT = "C.a1";
  private static final String FLOW = "clients/C.a1/collections/F.9";

  @TempDir Path root;
  private StageBench bench;

  @BeforeEach
  void open() throws IOException {
    write("clients/C.a1.json.db", "{\"clientId\":\"C.a1\",\"hostname\":\"KIOSK\"}");
    write(
        FLOW + ".json.db",
        "{\"sessionId\":\"F.9\",\"state\":\"FINISHED\",\"request\":{\"artifacts\":[\"Shop.Tills\"]},"
            + "\"artifactsWithResults\":[\"Shop.Tills/Open\"]}");
    write("clients/C.a1/artifacts/Shop.Tills/F.9/Open.json", "{\"Till\":1}\n{\"Till\":2}\n");
    write(FLOW + "/logs.json", "{\"client_time\":5,\"level\":\"INFO\",\"message\":\"m\"}\n");
    write(FLOW + "/task.db", "");
    write(
        FLOW + "/uploads.json",
        "{\"Timestamp\":7,\"vfs_path\":\"D:\\\\r.bin\",\"_Components\":[\"clients\",\"C.a1\","
            + "\"collections\",\"F.9\",\"uploads\",\"sparse\",\"D:\",\"r.bin\"],"
            + "\"file_size\":9,\"uploaded_size\":4}\n"
            + "{\"Timestamp\":8,\"vfs_path\":"
            + "\"/clients/C.a1/collections/F.9/uploads/file/C:/old.txt\",\"expected_size\":3}\n");
    write(FLOW + "/uploads/sparse/D%3A/r.bin", "head");
    write(
        FLOW + "/uploads/sparse/D%3A/r.bin.idx",
        "{\"ranges\":[{\"file_length\":4,\"length\":4},{\"original_offset\":4,\"length\":5}]}");
    write("hunts/H.7.json.db", "{\"huntId\":\"H.7\",\"artifactSources\":[\"Shop.Tills/Open\"]}");
    write("hunts/H.7.json", "{\"HuntId\":\"H.7\",\"ClientId\":\"C.a1\",\"FlowId\":\"F.9\"}\n");
    bench = new StageBench(new Datastore(root, Instant.ofEpochSecond(1_700_000_000)));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            file.toString(), Files.readString(file) + " " + Files.getLastModifiedTime(file));
      }
    }
    return contents;
  }

  @Test
  void uploadsSayWhereTheServerAndTheClientHaveThem() {
    assertThat(
            bench.rows(
                "SELECT vfs_path, client_path, Upload.Size AS Size, Upload.StoredSize AS Kept"
                    + " FROM uploads(client_id='C.a1', flow_id='F.9')"))
        .isEqualTo(
            "{\"vfs_path\":\"fs:/clients/C.a1/collections/F.9/uploads/sparse/D:/r.bin\","
                + "\"client_path\":\"D:\\\\r.bin\",\"Size\":9,\"Kept\":4}\n"
                + "{\"vfs_path\":\"fs:/clients/C.a1/collections/F.9/uploads/file/C:/old.txt\","
                + "\"client_path\":\"C:/old.txt\",\"Size\":3,\"Kept\":3}");
    assertThat(
            bench.rows(
                "SELECT read_file(filename=vfs_path, accessor='fs') AS Text,"
                    + " file_store(path=vfs_path) =~ 'uploads.sparse.D%3A.r.bin$' AS Real"
                    + " FROM uploads(client_id='C.a1', flow_id='F.9') LIMIT 1"))
        .isEqualTo("{\"Text\":\"head\",\"Real\":true}");
    assertThat(bench.rows("SELECT * FROM upload_transactions(client_id='C.a1', flow_id='F.9')"))
        .isEmpty();
  }

  @Test
  void aFlowIsEnumeratedWithFilesThatCanBeRead() {
    assertThat(
            bench.rows(
                "SELECT Type, Data.VFSPath AS Path"
                    + " FROM enumerate_flow(client_id='C.a1', flow_id='F.9')"))
        .isEqualTo(
            "{\"Type\":\"Upload\",\"Path\":"
                + "\"fs:/clients/C.a1/collections/F.9/uploads/sparse/D:/r.bin\"}\n"
                + "{\"Type\":\"Upload\",\"Path\":"
                + "\"fs:/clients/C.a1/collections/F.9/uploads/file/C:/old.txt\"}\n"
                + "{\"Type\":\"UploadMetadata\",\"Path\":"
                + "\"fs:/clients/C.a1/collections/F.9/uploads.json\"}\n"
                + "{\"Type\":\"Result\",\"Path\":"
                + "\"fs:/clients/C.a1/artifacts/Shop.Tills/F.9/Open.json\"}\n"
                + "{\"Type\":\"Log\",\"Path\":\"fs:/clients/C.a1/collections/F.9/logs.json\"}\n"
                + "{\"Type\":\"CollectionContext\",\"Path\":"
                + "\"ds:/clients/C.a1/collections/F.9.json.db\"}\n"
                + "{\"Type\":\"Task\",\"Path\":"
                + "\"ds:/clients/C.a1/collections/F.9/task.db\"}");
    assertThat(
            bench.value(
                "read_file(filename='ds:/clients/C.a1/collections/F.9.json.db', accessor='fs')"
                    + " =~ 'sessionId'"))
        .isEqualTo("true");
  }

  @Test
  void theFileStoreIsListedAndWrittenToWithoutTouchingTheSource() throws IOException {
    Map<String, String> before = contents();

    assertThat(bench.rows("SELECT OSPath FROM glob(globs='/clients/C.a1/**', accessor='fs')"))
        .contains("fs:/clients/C.a1/artifacts/Shop.Tills/F.9/Open.json")
        .contains("\"fs:/clients/C.a1/collections\"")
        .doesNotContain("task.db");
    assertThat(bench.value("write_filestore(data='new', path='/clients/C.a1/note.txt')"))
        .isEqualTo("true");
    assertThat(bench.value("read_file(filename='fs:/clients/C.a1/note.txt', accessor='fs')"))
        .isEqualTo("\"new\"");
    String result = "'/clients/C.a1/artifacts/Shop.Tills/F.9/Open.json'";
    assertThat(bench.value("file_store_delete(path=" + result + ")"))
        .isEqualTo("\"fs:/clients/C.a1/artifacts/Shop.Tills/F.9/Open.json\"");
    assertThat(
            bench.rows("SELECT OSPath FROM glob(globs='/clients/C.a1/**/*.json', accessor='fs')"))
        .doesNotContain("Open.json");
    bench.rows("SELECT * FROM delete_flow(client_id='C.a1', flow_id='F.9', really_do_it=TRUE)");
    bench.rows("SELECT * FROM client_delete(client_id='C.a1', really_do_it=TRUE)");

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aDeletedFlowIsGoneFromSightAndTheSourceIsAsItWas() throws IOException {
    String flow = "(client_id='C.a1', flow_id='F.9')";
    write("clients/C.a1/collections/F.8.json.db", "{\"sessionId\":\"F.8\"}");
    Map<String, String> before = contents();

    assertThat(
            bench.rows(
                "SELECT * FROM delete_flow(client_id='C.a1', flow_id='F.9', really_do_it=TRUE)"))
        .contains("CollectionContext");

    assertThat(bench.rows("SELECT session_id FROM flows(client_id='C.a1')"))
        .isEqualTo("{\"session_id\":\"F.8\"}");
    assertThat(bench.value("get_flow" + flow)).isEqualTo("null");
    for (String plugin : List.of("flows", "uploads", "flow_logs", "enumerate_flow")) {
      assertThat(bench.rows("SELECT * FROM " + plugin + flow)).isEmpty();
    }
    assertThat(
            bench.rows(
                "SELECT * FROM source(client_id='C.a1', flow_id='F.9', artifact='Shop.Tills/Open')"))
        .isEmpty();
    assertThat(bench.rows("SELECT * FROM source(hunt_id='H.7', artifact='Shop.Tills/Open')"))
        .isEmpty();
    assertThat(bench.rows("SELECT * FROM uploads(hunt_id='H.7')")).isEmpty();
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void theNotebookOfADeletedFlowIsGoneFromSight() throws IOException {
    String id = "N.F.9-C.a1";
    write(FLOW + "/notebook/" + id + ".json.db", "{\"notebookId\":\"" + id + "\"}");
    write(FLOW + "/notebook/" + id + "/NC.1/query_1.json", "{\"N\":1}\n");
    String read =
        "SELECT notebook_get(notebook_id='N.F.9-C.a1').notebook_id AS Id, { SELECT * FROM"
            + " source(notebook_id='N.F.9-C.a1', notebook_cell_id='NC.1') } AS Cell,"
            + " notebook_update_cell(notebook_id='N.F.9-C.a1', cell_id='NC.2', type='VQL',"
            + " input='SELECT 2 AS N FROM scope()') AS X, { SELECT N FROM"
            + " source(notebook_id='N.F.9-C.a1', notebook_cell_id='NC.2') } AS More FROM scope()";
    String shown = "SELECT Id, Cell, More FROM foreach(row={ " + read + " })";
    assertThat(bench.rows(shown)).isEqualTo("{\"Id\":\"N.F.9-C.a1\",\"Cell\":1,\"More\":2}");

    bench.rows("SELECT * FROM delete_flow(client_id='C.a1', flow_id='F.9', really_do_it=TRUE)");

    assertThat(bench.rows(shown)).isEqualTo("{\"Id\":null,\"Cell\":null,\"More\":null}");
  }

  /** Everything that can be asked about a client; a column is NULL or empty where it is nothing. */
  private static final List<String> TRACES =
      List.of(
          "SELECT client_id FROM clients()",
          "SELECT client_id FROM clients(client_id='C.a1')",
          "SELECT client_id FROM clients(search='label:Till')",
          "SELECT client_id FROM clients(search='host:kiosk')",
          "SELECT client_id FROM clients(search='C.a1')",
          "SELECT client_info(client_id='C.a1').client_id AS V FROM scope() WHERE V",
          "SELECT client_metadata(client_id='C.a1') AS V FROM scope() WHERE V",
          "SELECT label(client_id='C.a1', labels='Till', op='check') AS V FROM scope() WHERE V",
          "SELECT session_id FROM flows(client_id='C.a1')",
          "SELECT get_flow(client_id='C.a1', flow_id='F.9').session_id AS V FROM scope() WHERE V",
          "SELECT * FROM source(client_id='C.a1', flow_id='F.9', artifact='Shop.Tills/Open')",
          "SELECT * FROM source(client_id='C.a1', flow_id='F.7', artifact='Shop.Tills/Open')",
          "SELECT * FROM source(client_id='C.a1', artifact='Shop.Bells')",
          "SELECT * FROM monitoring(client_id='C.a1', artifact='Shop.Bells')",
          "SELECT * FROM monitoring(client_id='C.a1', artifact='System.Upload.Completion')",
          "SELECT * FROM monitoring_logs(client_id='C.a1', artifact='Shop.Bells')",
          "SELECT * FROM flow_results(client_id='C.a1', flow_id='F.9', artifact='Shop.Tills/Open')",
          "SELECT * FROM flow_logs(client_id='C.a1', flow_id='F.9')",
          "SELECT * FROM uploads(client_id='C.a1', flow_id='F.9')",
          "SELECT * FROM enumerate_flow(client_id='C.a1', flow_id='F.9')",
          "SELECT * FROM hunt_results(hunt_id='H.7')",
          "SELECT * FROM uploads(hunt_id='H.7')",
          "SELECT notebook_get(notebook_id='N.F.9-C.a1').notebook_id AS V FROM scope() WHERE V",
          "SELECT notebook_get(notebook_id='N.E.Shop.Bells-C.a1').notebook_id AS V FROM scope()"
              + " WHERE V",
          "SELECT * FROM glob(globs='/clients/**', accessor='fs')",
          "SELECT * FROM glob(globs='/downloads/**', accessor='fs')",
          "SELECT * FROM delete_events(client_id='C.a1', artifact='Shop.Bells', start_time=0)");

  @Test
  void nothingIsLeftOfADeletedClientAndTheSourceIsAsItWas() throws IOException {
    write("clients/C.a1/artifacts/Shop.Tills/F.7/Open.json", "{\"Till\":7}\n");
    write(
        "clients/C.a1/monitoring/Shop.Bells/2023-11-14.json", "{\"Rung\":1,\"_ts\":1700000000}\n");
    write(
        "clients/C.a1/monitoring_logs/Shop.Bells/2023-11-14.json",
        "{\"message\":\"m\",\"_ts\":1700000000}\n");
    for (String id : List.of("N.F.9-C.a1", "N.E.Shop.Bells-C.a1")) {
      String folder = id.startsWith("N.F") ? FLOW + "/notebook/" : "";
      folder = folder.isEmpty() ? "clients/C.a1/monitoring_notebooks/Shop.Bells/" : folder;
      write(folder + id + ".json.db", "{\"notebookId\":\"" + id + "\"}");
    }
    Map<String, String> before = contents();
    bench.close();
    bench = new StageBench(new Datastore(root, Instant.ofEpochSecond(1_700_000_000)));
    bench.rows("LET A <= label(client_id='C.a1', labels='Till', op='set')");
    bench.rows("LET B <= client_set_metadata(client_id='C.a1', metadata=dict(a=1))");
    bench.rows("LET C <= create_flow_download(client_id='C.a1', flow_id='F.9')");
    bench.rows(
        "LET D <= send_event(artifact='System.Upload.Completion', client_id='C.a1',"
            + " row=dict(X=1))");
    for (String trace : TRACES) {
      assertThat(bench.rows(trace)).as(trace).isNotEmpty();
    }

    assertThat(bench.rows("SELECT * FROM client_delete(client_id='C.a1')")).contains("C.a1");
    assertThat(bench.rows(TRACES.get(9))).isNotEmpty();
    bench.rows("SELECT * FROM client_delete(client_id='C.a1', really_do_it=TRUE)");

    for (String trace : TRACES) {
      assertThat(bench.rows(trace)).as(trace).isEmpty();
    }
    // Who took part is kept with the hunt.
    assertThat(
            bench.rows("SELECT ClientId, FlowId, Flow.state AS S FROM hunt_flows(hunt_id='H.7')"))
        .isEqualTo("{\"ClientId\":\"C.a1\",\"FlowId\":\"F.9\",\"S\":\"UNSET\"}");
    assertThat(bench.rows("SELECT * FROM client_delete(client_id='C.a1')")).isEmpty();
    assertThat(contents()).isEqualTo(before);

    // The client can come back, with nothing of what it was.
    bench.rows("LET E <= client_create(client_id='C.a1', hostname='KIOSK')");
    assertThat(bench.rows("SELECT labels FROM clients()")).isEqualTo("{\"labels\":[]}");
    assertThat(bench.rows(TRACES.get(8))).isEmpty();
    assertThat(bench.rows(TRACES.get(12))).isEmpty();
  }

  @Test
  void theFlowsOfADeletedHuntAreGoneFromSight() {
    bench.rows("SELECT * FROM hunt_delete(hunt_id='H.7', really_do_it=TRUE)");

    assertThat(bench.rows("SELECT * FROM flows(client_id='C.a1')")).isEmpty();
    assertThat(bench.rows("SELECT * FROM flow_logs(client_id='C.a1', flow_id='F.9')")).isEmpty();
  }

  @Test
  void resultsCanBeReadWithoutADefinitionOfTheirArtifact() {
    assertThat(
            bench.rows(
                "SELECT * FROM source(client_id='C.a1', flow_id='F.9', artifact='Shop.Tills',"
                    + " source='Open')"))
        .isEqualTo("{\"Till\":1}\n{\"Till\":2}");
    assertThat(
            bench.rows("SELECT Till, Fqdn FROM source(hunt_id='H.7', artifact='Shop.Tills/Open')"))
        .isEqualTo("{\"Till\":1,\"Fqdn\":\"\"}\n{\"Till\":2,\"Fqdn\":\"\"}");
    bench.rows("SELECT * FROM source(client_id='C.a1', flow_id='F.9', artifact='Shop.Tills/Shut')");
    assertThat(bench.log).containsExactly("source: Artifact Shop.Tills/Shut not known");
    assertThat(bench.value("collect_client(client_id='C.a1', artifacts='Shop.Tills')"))
        .isEqualTo("null");
  }

  private String members(String path) {
    return bench.rows(
        "SELECT OSPath.Path AS P, Size FROM glob(globs='/**', accessor='zip',"
            + " root=pathspec(DelegateAccessor='fs', DelegatePath="
            + path
            + ")) WHERE NOT IsDir AND P =~ 'r.bin|results'");
  }

  @Test
  void aFlowDownloadHasTheUploadsSparseOrExpanded() {
    bench.rows("LET P <= create_flow_download(client_id='C.a1', flow_id='F.9', wait=TRUE)");
    assertThat(bench.value("P")).isEqualTo("\"fs:/downloads/C.a1/F.9/KIOSK-C.a1-F.9.zip\"");
    assertThat(members("P"))
        .isEqualTo(
            "{\"P\":\"/results/Shop.Tills%2FOpen.json\",\"Size\":22}\n"
                + "{\"P\":\"/uploads/sparse/D%3A/r.bin\",\"Size\":4}\n"
                + "{\"P\":\"/uploads/sparse/D%3A/r.bin.idx\",\"Size\":74}");

    bench.rows(
        "LET E <= create_flow_download(client_id='C.a1', flow_id='F.9', expand_sparse=TRUE,"
            + " name='full', format='csv')");
    assertThat(bench.value("E")).isEqualTo("\"fs:/downloads/C.a1/F.9/full.zip\"");
    assertThat(members("E"))
        .isEqualTo(
            "{\"P\":\"/results/Shop.Tills%2FOpen.csv\",\"Size\":9}\n"
                + "{\"P\":\"/uploads/sparse/D%3A/r.bin\",\"Size\":9}");
  }

  @Test
  void aHuntDownloadHasAllRowsTogetherAndEachFlow() {
    bench.rows("LET P <= create_hunt_download(hunt_id='H.7')");
    assertThat(bench.value("P")).isEqualTo("\"fs:/downloads/hunts/H.7/H.7.zip\"");
    assertThat(members("P"))
        .contains("All Shop.Tills%2FOpen.json")
        .contains("/KIOSK-C.a1/results/")
        .contains("/KIOSK-C.a1/uploads/sparse/D%3A/r.bin");
    bench.rows("LET S <= create_hunt_download(hunt_id='H.7', only_combined=TRUE, base='x-')");
    assertThat(bench.value("S")).isEqualTo("\"fs:/downloads/hunts/H.7/x-H.7-summary.zip\"");
    assertThat(members("S")).doesNotContain("KIOSK");
    assertThat(bench.value("create_hunt_download(hunt_id='H.0')")).isEqualTo("null");
    assertThat(bench.log).contains("create_hunt_download: Hunt id not found H.0");
  }

  @Test
  void theTablesOfANotebookCellAreResultSets() {
    bench.rows("LET N <= notebook_create(name='Notes', description='why').NotebookId");
    assertThat(bench.value("N")).isEqualTo("\"N.01\"");
    bench.rows(
        "LET U <= notebook_update_cell(notebook_id=N, input='''"
            + "LET Two = SELECT _value AS V FROM range(end=2)\n"
            + "SELECT V FROM Two\n"
            + "SELECT 1 AS None FROM scope() WHERE FALSE''')");
    String cell = " FROM source(notebook_id=N, notebook_cell_id='NC.01'";
    assertThat(bench.rows("SELECT *" + cell + ")")).isEqualTo("{\"V\":0}\n{\"V\":1}");
    assertThat(bench.rows("SELECT *" + cell + ", notebook_cell_table=2)")).isEmpty();
    assertThat(bench.log).isEmpty();
    bench.rows("SELECT *" + cell + ", notebook_cell_table=3)");
    assertThat(bench.log).containsExactly("source: Notebook N.01 has no table 3 in cell NC.01");

    assertThat(bench.rows("SELECT name, creator FROM notebooks()"))
        .isEqualTo("{\"name\":\"Notes\",\"creator\":\"VelociraptorServer\"}");
    bench.rows(
        "LET D <= notebook_update_cell(notebook_id=N, cell_id='NC.01', input='SELECT 7 AS S FROM"
            + " scope()')");
    assertThat(bench.rows("SELECT *" + cell + ")")).isEqualTo("{\"S\":7}");
    bench.rows("LET Z <= SELECT * FROM notebook_delete(notebook_id=N, really_do_it=TRUE)");
    assertThat(bench.value("notebook_get(notebook_id=N)")).isEqualTo("null");
    bench.log.clear();
    bench.rows("SELECT *" + cell + ")");
    assertThat(bench.log).hasSize(1);
  }

  @Test
  void aTimelineShowsTheRowsOfItsPartsInTheOrderOfTime() {
    bench.rows("LET N <= notebook_create(name='T').NotebookId");
    assertThat(
            bench.value(
                "timeline_add(timeline='All', name='Doors', notebook_id=N, key='When', query={"
                    + " SELECT _value + 100 AS When, 'door' AS What FROM range(end=2) })"))
        .isEqualTo(
            "{\"name\":\"All\",\"timelines\":[{\"start_time\":100000000000,"
                + "\"end_time\":101000000000,\"id\":\"Doors\",\"timestamp_column\":\"When\"}]}");
    bench.rows(
        "LET A <= timeline_add(timeline='All', name='Tills', notebook_id=N, key='Timestamp',"
            + " message_column='What', query={ SELECT 100.5 AS Timestamp, 'till' AS What FROM"
            + " scope() })");
    assertThat(bench.rows("SELECT * FROM timeline(timeline='All', notebook_id=N)"))
        .isEqualTo(
            "{\"Timestamp\":\"1970-01-01T00:01:40Z\",\"Message\":\"What: door \","
                + "\"Description\":\"\",\"When\":100,\"What\":\"door\",\"_Source\":\"Doors\"}\n"
                + "{\"Timestamp\":\"1970-01-01T00:01:40.5Z\",\"Message\":\"till\","
                + "\"Description\":\"\",\"What\":\"till\",\"_Source\":\"Tills\"}\n"
                + "{\"Timestamp\":\"1970-01-01T00:01:41Z\",\"Message\":\"What: door \","
                + "\"Description\":\"\",\"When\":101,\"What\":\"door\",\"_Source\":\"Doors\"}");
    assertThat(
            bench.rows(
                "SELECT What FROM timeline(timeline='All', notebook_id=N, skip='Doors', start=50)"))
        .isEqualTo("{\"What\":\"till\"}");
    assertThat(bench.rows("SELECT name FROM timelines(notebook_id=N)"))
        .isEqualTo("{\"name\":\"All\"}");
    assertThat(bench.value("timeline_delete(timeline='All', name='Doors', notebook_id=N)"))
        .isEqualTo("true");
    assertThat(bench.rows("SELECT What FROM timeline(timeline='All', notebook_id=N)"))
        .isEqualTo("{\"What\":\"till\"}");
  }

  @Test
  void toolsAreListedAndNothingIsDownloaded() {
    assertThat(bench.value("inventory_get(tool='Lens')")).isEqualTo("null");
    assertThat(bench.log).containsExactly("inventory_get: Tool Lens not declared in inventory.");
    bench.rows("LET L <= inventory_add(tool='Lens', url='https://t.example/l.exe', hash='ab')");
    assertThat(bench.rows("SELECT name, serve_url, hash FROM inventory()"))
        .isEqualTo("{\"name\":\"Lens\",\"serve_url\":\"https://t.example/l.exe\",\"hash\":\"ab\"}");
    assertThat(bench.value("inventory_get(tool='Lens').Tool_Lens_HASH")).isEqualTo("\"ab\"");
  }

  @Test
  void aToolWithAFileIsKeptAndHashed() {
    String hash = bench.value("hash(path='lens', accessor='data').SHA256");
    assertThat(
            bench.rows(
                "SELECT T.hash = hash(path='lens', accessor='data').SHA256 AS Same, T.serve_locally"
                    + " AS Local FROM foreach(row={SELECT inventory_add(tool='Lens',"
                    + " file='lens', accessor='data') AS T FROM scope()})"))
        .isEqualTo("{\"Same\":true,\"Local\":true}");
    assertThat(
            bench.value(
                "read_file(accessor='fs', filename='fs:/public/' + inventory_get(tool='Lens')"
                    + ".Definition.filestore_path)"))
        .isEqualTo("\"lens\"");
    assertThat(
            bench.rows(
                "SELECT T.hash AS H, T.invalid_hash AS I FROM foreach(row={SELECT"
                    + " inventory_add(tool='Lens', file='lens', accessor='data', hash='ab') AS T"
                    + " FROM scope()})"))
        .isEqualTo("{\"H\":\"\",\"I\":" + hash + "}");
    assertThat(bench.log).isEmpty();
    assertThat(bench.value("inventory_add(tool='Lens', file='/no/such', accessor='fs')"))
        .isEqualTo("null");
    assertThat(bench.log).containsExactly("inventory_add: fs:/no/such: no such file");
  }

  @Test
  void filesAreKeptWithANotebookUntilItIsDeleted() {
    bench.rows("LET N <= notebook_create(name='Notes').NotebookId");
    bench.rows(
        "LET U <= notebook_update(notebook_id=N, attachment='pic', attachment_filename='p.png')");
    String read = "read_file(accessor='fs', filename='fs:/notebooks/' + N + '/attach/p.png')";
    assertThat(bench.value(read)).isEqualTo("\"pic\"");
    String kept =
        "{\"P\":\"pic\",\"client_path\":\"p.png\",\"file_size\":3,\"C\":[\"notebooks\",\"N.01\",\"attach\",\"p.png\"]}";
    String select =
        "SELECT read_file(accessor='fs', filename=vfs_path) AS P, client_path, file_size,"
            + " _Components AS C FROM uploads(";
    assertThat(bench.rows(select + "notebook_id=N)")).isEqualTo(kept);
    bench.rows("LET NotebookId <= N");
    assertThat(bench.rows(select + ")")).isEqualTo(kept);
    assertThat(bench.rows(select + "client_id='C.1', flow_id='F.1')")).isEmpty();
    assertThat(bench.log).isEmpty();
    assertThat(bench.value("notebook_update(notebook_id=N, attachment='pic')")).isEqualTo("null");
    assertThat(bench.log)
        .containsExactly("notebook_update: attachment_filename should be specified");
    assertThat(bench.rows("SELECT type, vfs_path FROM notebook_delete(notebook_id=N)"))
        .contains(
            "{\"type\":\"NotebookAttachment\",\"vfs_path\":\"/notebooks/N.01/attach/p.png\"}");
    assertThat(bench.value(read)).isEqualTo("\"pic\"");
    bench.rows("LET Z <= SELECT * FROM notebook_delete(notebook_id=N, really_do_it=TRUE)");
    assertThat(bench.value(read)).isEqualTo("\"\"");
  }

  @Test
  void aNotebookIsExportedAsAPageOrAnArchive() {
    bench.rows("LET N <= notebook_create(name='<Notes>', description='why').NotebookId");
    bench.rows(
        "LET U <= notebook_update_cell(notebook_id=N, input='SELECT _value AS V, \"a<b\" AS T FROM"
            + " range(end=2)')");
    assertThat(bench.value("read_file(accessor='fs', filename=notebook_export(notebook_id=N))"))
        .contains("\\u003ch1\\u003e\\u0026lt;Notes")
        .contains("\\u003cth\\u003eV\\u003c/th\\u003e")
        .contains("\\u003ctd\\u003e1\\u003c/td\\u003e\\u003ctd\\u003ea\\u0026lt;b\\u003c/td");
    assertThat(bench.value("notebook_export(notebook_id=N, type='zip', filename='n.zip')"))
        .isEqualTo("\"fs:/downloads/notebooks/N.01/n.zip\"");
    assertThat(bench.log).isEmpty();
    assertThat(bench.value("notebook_export(notebook_id=N, type='pdf')")).isEqualTo("null");
    assertThat(bench.log).containsExactly("notebook_export: type should be html or zip, not pdf");
  }

  @Test
  void exportsAreThereForTheStatementsAfterTheImport() {
    bench.rows(
        "LET S <= artifact_set(definition='''name: Custom.Shop.Maths\nexport: |\n"
            + "  LET Twice(N) = N * 2\n''')");
    bench.rows("LET _ <= import(artifact='Custom.Shop.Maths')");
    assertThat(bench.value("Twice(N=21)")).isEqualTo("42");
    assertThat(bench.value("import(artifact='Shop.None')")).isEqualTo("null");
    assertThat(bench.log).containsExactly("import: Artifact 'Shop.None' not found");
  }
}
