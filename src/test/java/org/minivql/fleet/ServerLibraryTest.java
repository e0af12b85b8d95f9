package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.fleet.datastore.Datastore;

/** The calls of a server one by one, each as small a query as shows what it does. */
class ServerLibraryTest {
  private static final String TILLS =
      """
      name: Shop.Tills
      type: CLIENT
      parameters:
        - {name: Glob}
        - {name: Depth, type: int}
        - {name: Loud, type: bool}
        - {name: Mode, type: choices, choices: [fast, slow]}
        - {name: At, type: timestamp}
        - {name: Table, type: csv}
        - {name: Tree, type: json}
        - {name: Many, type: json_array}
      sources:
        - name: Open
          query: SELECT 1 AS Till FROM scope()
        - name: Shut
          query: SELECT 2 AS Till FROM scope()
      """;

  private static final String CLICKS =
      "name: Shop.Clicks\ntype: CLIENT_EVENT\nsources:\n- query: SELECT * FROM clock()\n";

  private static final String TYPED =
      """
      name: Shop.Typed
      parameters:
        - {name: P, type: %s}
      sources:
        - query: SELECT P FROM scope()
      """;

  @TempDir Path root;
  private StageBench bench;

  @BeforeEach
  void open() throws IOException {
    write(
        "clients/C.a1.json.db",
        "{\"clientId\":\"C.a1\",\"hostname\":\"KIOSK\",\"system\":\"linux\",\"fqdn\":\"kiosk.shop\","
            + "\"labels\":[\"Shop\"],\"macAddresses\":[\"aa:bb:01\"],\"ipAddress\":\"10.1.2.3:44\"}");
    write("clients/C.b2.json.db", "{\"clientId\":\"C.b2\",\"hostname\":\"TILL\"}");
    write(
        "clients/C.a1/collections/F.9.json.db",
        "{\"sessionId\":\"F.9\",\"state\":\"FINISHED\",\"request\":{\"artifacts\":[\"Shop.Tills\"]},"
            + "\"artifactsWithResults\":[\"Shop.Tills/Open\"]}");
    write("clients/C.a1/artifacts/Shop.Tills/F.9/Open.json", "{\"Till\":1}\n{\"Till\":2}\n");
    write(
        "clients/C.a1/collections/F.9/logs.json",
        "{\"client_time\":5,\"level\":\"INFO\",\"message\":\"m\",\"_ts\":6}\n");
    write(
        "clients/C.a1/collections/F.9/uploads.json",
        "{\"Timestamp\":7,\"vfs_path\":\"/a.bin\",\"_Components\":[\"clients\",\"C.a1\","
            + "\"collections\",\"F.9\",\"uploads\",\"file\",\"a.bin\"],"
            + "\"file_size\":4,\"uploaded_size\":4}\n");
    bench =
        new StageBench(new Datastore(root, Instant.ofEpochSecond(1_700_000_000)), TILLS, CLICKS);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all | ab",
        "label:shop | a",
        "label:* | a",
        "label:none | b",
        "host:ki* | a",
        "kiosk | a",
        "till | b",
        "client:C.b2 | b",
        "C.* | ab",
        "ip:10.1.2.3 | a",
        "mac:aa:bb* | a",
        "recent:nobody | ''"
      })
  void clientsAreFoundByWhatIsKnownOfThem(String search, String found) {
    StringBuilder ids = new StringBuilder();
    bench
        .rows("SELECT client_id AS C FROM clients(search='" + search + "')")
        .lines()
        .forEach(row -> ids.append(row.charAt("{\"C\":\"C.".length())));
    assertThat(ids).hasToString(found.replace("''", ""));
    assertThat(bench.log).isEmpty();
  }

  @Test
  void aClientIsARowWithAllItsMembers() {
    assertThat(bench.rows("SELECT * FROM clients(client_id='C.b2')"))
        .isEqualTo(
            "{\"client_id\":\"C.b2\",\"agent_information\":{\"version\":\"\",\"name\":\"\","
                + "\"build_time\":\"\",\"build_url\":\"\"},\"os_info\":{\"system\":\"\","
                + "\"hostname\":\"TILL\",\"release\":\"\",\"machine\":\"\",\"fqdn\":\"\","
                + "\"mac_addresses\":[]},\"first_seen_at\":0,\"last_seen_at\":0,\"last_ip\":\"\","
                + "\"last_interrogate_flow_id\":\"\",\"last_interrogate_artifact_name\":\"\","
                + "\"labels\":[],\"last_hunt_timestamp\":0,\"last_event_table_version\":0,"
                + "\"last_label_timestamp\":0,\"in_flight_flows\":{}}");
    assertThat(
            bench.rows(
                "SELECT client_info(client_id=client_id) = dict() AS Same, os_info.fqdn AS Name,"
                    + " last_ip AS Ip FROM clients(search='label:Shop')"))
        .isEqualTo("{\"Same\":false,\"Name\":\"kiosk.shop\",\"Ip\":\"10.1.2.3:44\"}");
    assertThat(
            bench.rows(
                "SELECT label(client_id=client_id, labels='Held', op='set').Op AS Op"
                    + " FROM clients(search='host:TILL')"))
        .isEqualTo("{\"Op\":\"set\"}");
    assertThat(bench.value("client_info(client_id='C.b2').labels")).isEqualTo("[\"Held\"]");
  }

  @Test
  void metadataOfTheServerIsTextAndTakesNoArgumentToRead() {
    bench.rows("LET A <= server_set_metadata(Days=7, Key='k')");
    bench.rows("LET B <= server_set_metadata(modify='x=>x + dict(Zone=1)')");
    assertThat(bench.value("server_metadata()"))
        .isEqualTo("{\"Days\":\"7\",\"Key\":\"k\",\"Zone\":\"1\"}");
    bench.rows("LET D <= server_set_metadata(Days=NULL)");
    assertThat(bench.value("client_metadata(client_id='server')"))
        .isEqualTo("{\"Key\":\"k\",\"Zone\":\"1\"}");
    assertThat(bench.log).isEmpty();
    assertThat(bench.value("server_metadata(metadata=dict(A=1))")).isEqualTo("null");
    assertThat(bench.log).containsExactly("server_metadata: Unexpected arg metadata");
  }

  private String stored(String arguments) {
    return bench.value(
        "collect_client(client_id='C.a1', artifacts='Shop.Tills', "
            + arguments
            + ").request.specs[0].parameters.env.value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "Glob='*' | \"*\"",
        "Depth=3 | \"3\"",
        "Loud=TRUE | \"Y\"",
        "Loud=FALSE | \"\"",
        "Loud='True' | \"Y\"",
        "Loud='no' | \"\"",
        "Mode='slow' | \"slow\"",
        "At=1600000000 | \"2020-09-13T12:26:40Z\"",
        "Table=(dict(A=1, B='x'), dict(A=2, B='y')) | \"A,B\\n1,x\\n2,y\\n\"",
        "Other=1 | ^^",
      })
  void parametersAreStoredAsText(String given, String text) {
    assertThat(stored("spec=dict(`Shop.Tills`=dict(" + given + "))"))
        .isEqualTo(text.isEmpty() ? "null" : "[" + text + "]");
    assertThat(bench.log).isEmpty();
  }

  @Test
  void parametersOfOtherTypesAreJson() {
    assertThat(stored("spec=dict(`Shop.Tills`=dict(Tree=dict(a=1)))"))
        .matches("\\[\"\\{.*\\\\\"a\\\\\": ?1.*}\"]");
    assertThat(stored("spec=dict(`Shop.Tills`=dict(Many=('x', 2)))"))
        .matches("\\[\"\\[.*\\\\\"x\\\\\".*2.*]\"]");
  }

  @Test
  void parametersThatDoNotFitAreTold() {
    assertThat(stored("spec=dict(`Shop.Tills`=dict(Glob=5, Mode='other'))"))
        .isEqualTo("[\"other\"]");
    assertThat(bench.log)
        .containsExactlyInAnyOrder(
            "collect_client: Parameter Glob should be a string",
            "collect_client: Invalid choice for parameter Mode: other");
  }

  @Test
  void aCollectionIsMadeFromPartsOfAnotherAndAddsToAFlow() {
    assertThat(stored("env=dict(Glob='a', Nope='b')")).isEqualTo("[\"a\"]");
    bench.rows(
        "LET First <= collect_client(client_id='C.a1', artifacts='Shop.Tills', timeout=7,"
            + " max_rows=8, max_bytes=9, urgent=TRUE, spec=dict(`Shop.Tills`=dict(Glob='g')))");
    assertThat(
            bench.value(
                "(First.request.timeout, First.request.max_rows, First.request.max_upload_bytes,"
                    + " First.request.urgent, First.request.creator, First.request.client_id)"))
        .isEqualTo("[7,8,9,true,\"VelociraptorServer\",\"C.a1\"]");
    bench.rows(
        "LET Again <= collect_client(client_id='C.b2', artifacts=[], spec=First.request.specs)");
    assertThat(bench.value("(Again.request.artifacts, Again.request.specs.parameters.env.value)"))
        .contains("Shop.Tills", "g");
    assertThat(
            bench.value(
                "collect_client(client_id='C.a1', artifacts='Shop.Tills', flow_id=First.flow_id)"
                    + ".flow_id = First.flow_id"))
        .isEqualTo("true");
    assertThat(bench.log).isEmpty();
  }

  @Test
  void flowsAreShownWholeOrInShort() {
    String flow = "FROM flows(client_id='C.a1', flow_id='F.9'";
    assertThat(
            bench.rows(
                "SELECT session_id, state, request.artifacts AS A, artifacts_with_results AS R,"
                    + " total_uploaded_files = 0 AS U, query_stats, status, backtrace "
                    + flow
                    + ")"))
        .isEqualTo(
            "{\"session_id\":\"F.9\",\"state\":\"FINISHED\",\"A\":[\"Shop.Tills\"],"
                + "\"R\":[\"Shop.Tills/Open\"],\"U\":true,\"query_stats\":[],\"status\":\"\","
                + "\"backtrace\":\"\"}");
    assertThat(bench.rows("SELECT state " + flow + ", summary=TRUE)"))
        .isEqualTo("{\"state\":\"FINISHED\"}");
    assertThat(bench.value("get_flow(client_id='C.a1', flow_id='F.9').state"))
        .isEqualTo("\"FINISHED\"");
    assertThat(bench.rows("SELECT * FROM flow_results(client_id='C.a1', flow_id='F.9')")).isEmpty();
    assertThat(
            bench.rows(
                "SELECT * FROM flow_results(client_id='C.a1', flow_id='F.9', source='Open')"))
        .isEqualTo("{\"Till\":1}\n{\"Till\":2}");
    assertThat(bench.rows("SELECT * FROM flow_logs(client_id='C.a1', flow_id='F.9')"))
        .isEqualTo("{\"client_time\":5,\"level\":\"INFO\",\"message\":\"m\",\"_ts\":6}");
    bench.rows("SELECT * FROM delete_flow(client_id='C.a1', flow_id='F.9')");
    assertThat(bench.rows("SELECT session_id " + flow + ")")).isNotEmpty();
  }

  @Test
  void huntsAreShownChangedAndGivenFlows() {
    bench.rows(
        "LET H <= hunt(artifacts='Shop.Tills', description='why', tags='t', pause=TRUE).HuntId");
    assertThat(
            bench.rows(
                "SELECT state, hunt_description, tags, creator, artifacts, artifact_sources,"
                    + " client_limit, start_time, stats.total_clients_scheduled AS N"
                    + " FROM hunts(hunt_id=H)"))
        .isEqualTo(
            "{\"state\":\"PAUSED\",\"hunt_description\":\"why\",\"tags\":[\"t\"],"
                + "\"creator\":\"VelociraptorServer\",\"artifacts\":[\"Shop.Tills\"],"
                + "\"artifact_sources\":[\"Shop.Tills/Open\",\"Shop.Tills/Shut\"],"
                + "\"client_limit\":0,\"start_time\":0,\"N\":0}");
    assertThat(bench.value("hunt_add(client_id='C.a1', hunt_id=H, flow_id='F.9')"))
        .isEqualTo("\"C.a1\"");
    assertThat(
            bench.rows(
                "SELECT HuntId = H AS Same, ClientId, FlowId, Flow.state AS S"
                    + " FROM hunt_flows(hunt_id=H)"))
        .isEqualTo("{\"Same\":true,\"ClientId\":\"C.a1\",\"FlowId\":\"F.9\",\"S\":\"FINISHED\"}");
    assertThat(
            bench.rows(
                "SELECT Flow.session_id AS F, Flow.artifacts_with_results AS R"
                    + " FROM hunt_flows(hunt_id=H, basic_info=TRUE)"))
        .startsWith("{\"F\":\"F.9\",\"R\":")
        .doesNotContain("Open");
    assertThat(bench.rows("SELECT * FROM hunt_results(hunt_id=H, artifact='Shop.Tills/Open')"))
        .isEqualTo(
            "{\"Till\":1,\"FlowId\":\"F.9\",\"ClientId\":\"C.a1\",\"_OrgId\":\"root\","
                + "\"Fqdn\":\"kiosk.shop\"}\n"
                + "{\"Till\":2,\"FlowId\":\"F.9\",\"ClientId\":\"C.a1\",\"_OrgId\":\"root\","
                + "\"Fqdn\":\"kiosk.shop\"}");
    assertThat(bench.rows("SELECT ClientId, FlowId, vfs_path FROM uploads(hunt_id=H)"))
        .isEqualTo(
            "{\"ClientId\":\"C.a1\",\"FlowId\":\"F.9\",\"vfs_path\":"
                + "\"fs:/clients/C.a1/collections/F.9/uploads/file/a.bin\"}");
    assertThat(bench.value("hunt_update(hunt_id=H, stop=TRUE) = H")).isEqualTo("true");
    assertThat(bench.value("hunt_info(hunt_id=H).state")).isEqualTo("\"STOPPED\"");
    bench.rows("SELECT * FROM hunt_delete(hunt_id=H, archive=TRUE, really_do_it=TRUE)");
    assertThat(bench.value("hunt_info(hunt_id=H).state")).isEqualTo("\"ARCHIVED\"");
    assertThat(bench.value("hunt_info(hunt_id='H.none')")).isEqualTo("null");
  }

  @Test
  void uploadsHaveTheirColumns() {
    assertThat(
            bench.rows(
                "SELECT Timestamp, vfs_path, _Components, file_size, uploaded_size, client_path,"
                    + " Upload.Path AS P, Upload.Components AS C"
                    + " FROM uploads(client_id='C.a1', flow_id='F.9')"))
        .isEqualTo(
            "{\"Timestamp\":7,"
                + "\"vfs_path\":\"fs:/clients/C.a1/collections/F.9/uploads/file/a.bin\","
                + "\"_Components\":[\"clients\",\"C.a1\",\"collections\",\"F.9\",\"uploads\","
                + "\"file\",\"a.bin\"],\"file_size\":4,\"uploaded_size\":4,"
                + "\"client_path\":\"/a.bin\",\"P\":\"/a.bin\","
                + "\"C\":[\"clients\",\"C.a1\",\"collections\",\"F.9\",\"uploads\",\"file\","
                + "\"a.bin\"]}");
  }

  @Test
  void eventsAreStoredAndReadBack() {
    assertThat(
            bench.value("send_event(artifact='Shop.Clicks', client_id='C.a1', row=dict(Key='F1'))"))
        .isEqualTo("{\"Key\":\"F1\"}");
    assertThat(bench.rows("SELECT * FROM monitoring(client_id='C.a1', artifact='Shop.Clicks')"))
        .isEqualTo("{\"Key\":\"F1\",\"_Source\":\"VelociraptorServer\",\"_ts\":1700000000000}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_id='C.a1', flow_id='F.9' | [F.9](/?org_id=root#/collected/C.a1/F.9/overview)",
        "client_id='C.a1', artifact='Shop.Clicks' |"
            + " [Shop.Clicks](/?org_id=root#/events/C.a1/Shop.Clicks)",
        "client_id='C.b2' | [C.b2 (TILL)](/?org_id=root#/host/C.b2)",
        "hunt_id='H.1', tab='notebook' | [H.1](/?org_id=root#/hunts/H.1/notebook)",
        "notebook_id='N.1', text='my notes' | [my notes](/?org_id=root#/notebooks/N.1)",
        "artifact='Shop.Tills', org='O.2', raw=TRUE | /?org_id=O.2#/artifacts/Shop.Tills",
        "artifact='a b', raw=TRUE | /?org_id=root#/artifacts/a%20b",
        "type='debug' | [debug](/?org_id=root#/debug)",
      })
  void linksLeadToThePageThatIsMeant(String arguments, String link) {
    assertThat(bench.value("link_to(" + arguments + ")")).isEqualTo("\"" + link + "\"");
  }

  @Test
  void linksToNothingAreRefused() {
    assertThat(bench.value("link_to(type='collection', client_id='C.a1')")).isEqualTo("null");
    assertThat(bench.log).singleElement().asString().startsWith("link_to: ");
  }

  @Test
  void definitionsHaveAllTheirMembers() {
    assertThat(
            bench.rows(
                "SELECT name, description, author, reference, type, parameters[3].choices AS C,"
                    + " sources.name AS S, imports, `export`, tools, built_in, is_alias,"
                    + " len(list=raw) > 0 AS Raw, metadata"
                    + " FROM artifact_definitions(names='Shop.Tills')"))
        .isEqualTo(
            "{\"name\":\"Shop.Tills\",\"description\":\"\",\"author\":\"\",\"reference\":[],"
                + "\"type\":\"client\",\"C\":[\"fast\",\"slow\"],\"S\":[\"Open\",\"Shut\"],"
                + "\"imports\":[],\"export\":\"\",\"tools\":[],\"built_in\":false,"
                + "\"is_alias\":false,\"Raw\":true,\"metadata\":{\"hidden\":false,"
                + "\"basic\":false,\"tags\":[]}}");
    bench.rows(
        "LET S <= artifact_set(tags='mine', definition='''name: Shop.Uses\nsources:\n"
            + "- query: SELECT * FROM Artifact.Shop.Tills()\n''')");
    assertThat(
            bench.rows(
                "SELECT name, metadata.tags AS T FROM artifact_definitions(names='Shop.Uses',"
                    + " deps=TRUE) ORDER BY name"))
        .isEqualTo("{\"name\":\"Shop.Tills\",\"T\":[]}\n{\"name\":\"Shop.Uses\",\"T\":[\"mine\"]}");
    assertThat(bench.value("artifact_delete(name='Shop.Uses')")).isEqualTo("\"Shop.Uses\"");
    assertThat(bench.log).isEmpty();
    assertThat(bench.value("artifact_delete(name='Generic.Client.Info')")).isEqualTo("null");
    assertThat(bench.value("artifact_set(definition='name: Shop.In\ntype: INTERNAL\n')"))
        .isEqualTo("null");
    assertThat(bench.log).containsExactly("artifact_delete: Can only delete custom artifacts.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "string~'7'~\"7\"",
        "string~7~7",
        "int~'0x1F'~31",
        "integer~'x'~0",
        "float~'2.5'~2.5",
        "bool~'yes'~true",
        "bool~'ok'~true",
        "bool~'1'~false",
        "bool~TRUE~true",
        "timestamp~'1600000000'~\"2020-09-13T12:26:40Z\"",
        "csv~'a,b\\n1,x\\n'~[{\"a\":1,\"b\":\"x\"}]",
        "csv~(dict(a=1), dict(a=2))~[{\"a\":1},{\"a\":2}]",
        "artifactset~'Artifact\\nA\\n'~[{\"Artifact\":\"A\"}]",
        "json~'{\"a\":[1]}'~{\"a\":[1]}",
        "json~dict(a=2)~{\"a\":2}",
        "json_array~'[\"a\",\"b\"]'~[\"a\",\"b\"]",
        "regex_array~'[\"a\"]'~[\"a\"]",
        "multichoice~('a', 'b')~[\"a\",\"b\"]",
        "xml~'<a><b>1</b></a>'~{\"a\":{\"b\":\"1\"}}",
        "yaml~'a: 1'~{\"a\":1}",
        "redacted~'secret'~\"secret\"",
        "regex~'.+'~\".+\"",
        "choices~'c'~\"c\"",
      })
  void parametersAreConvertedByTheirTypes(String type, String given, String value) {
    bench.close();
    bench =
        new StageBench(
            new Datastore(root, Instant.ofEpochSecond(1_700_000_000)), String.format(TYPED, type));
    assertThat(bench.rows("SELECT P FROM Artifact.Shop.Typed(P=" + given + ")"))
        .isEqualTo("{\"P\":" + value + "}");
    assertThat(bench.log).isEmpty();
  }

  @Test
  void definitionsAreCheckedAndLaidOut() {
    assertThat(
            bench.value(
                "verify(artifact='''name: Shop.Bad\nsources:\n- query: |\n"
                    + "    LET F(N) = N\n    SELECT F() FROM nowhere()\n''')"))
        .contains("\"Warnings\":null", "\"Permissions\":null", "\"Definitions\":{\"F\":")
        .contains("artifact_vql_error: Shop.Bad: query: (")
        .contains("required_arg_missing: While calling VQL definition F(), required arg N is not")
        .contains("unknown_plugin: Unknown plugin nowhere()");
    assertThat(
            bench.value(
                "reformat(artifact='''name: A\nsources:\n- query: |\n    select 1 from scope()\n''')"))
        .contains("SELECT 1", "\"Error\":");
  }

  @Test
  void peopleAndOrgsAreShown() {
    assertThat(bench.value("(org().id, org().name)"))
        .isEqualTo("[\"root\",\"\\u003croot\\u003e\"]");
    assertThat(bench.value("org()._client_config.Client.nonce = org().nonce")).isEqualTo("true");
    assertThat(bench.rows("SELECT * FROM orgs()"))
        .matches(
            "\\{\"Name\":\"\\\\u003croot\\\\u003e\",\"OrgId\":\"root\","
                + "\"_client_config\":\\{\"Client\":\\{\"nonce\":\"[0-9a-f]+\"}}}");
    bench.rows("LET R <= user_create(user='ria', roles='reader')");
    assertThat(bench.rows("SELECT * FROM query(query={SELECT * FROM orgs()}, runas='ria')"))
        .isEqualTo("{\"Name\":\"\\u003croot\\u003e\",\"OrgId\":\"root\"}");
    assertThat(bench.rows("SELECT Name, OrgId FROM orgs()"))
        .isEqualTo("{\"Name\":\"\\u003croot\\u003e\",\"OrgId\":\"root\"}");
    bench.rows("LET U <= user_create(user='ann', roles='reader')");
    assertThat(bench.value("U")).isEqualTo("\"ann\"");
    assertThat(bench.rows("SELECT name, roles FROM gui_users()"))
        .contains("{\"name\":\"ann\",\"roles\":[\"reader\"]}");
    bench.rows("LET M <= user_message(user='ann', message=dict(A=1))");
    assertThat(bench.rows("SELECT Timestamp > 0 AS T, Message FROM user_messages(user='ann')"))
        .contains("\"Message\":{\"A\":1}");
  }

  @Test
  void notebooksHaveTheirMembers() {
    bench.rows(
        "LET N <= notebook_create(name='n', description='d', collaborators=['ann'], public=TRUE)");
    assertThat(
            bench.value(
                "(N.NotebookId = N.notebook_id, N.name, N.description, N.creator, N.collaborators,"
                    + " N.public, N.created_time > 0, N.modified_time > 0)"))
        .isEqualTo("[true,\"n\",\"d\",\"VelociraptorServer\",[\"ann\"],true,true,true]");
    bench.rows(
        "LET A <= notebook_update_cell(notebook_id=N.NotebookId, input='# a', type='Markdown')");
    assertThat(bench.value("len(list=notebook_get(notebook_id=N.NotebookId).cell_metadata)"))
        .isNotEqualTo("0");
    bench.rows("LET D <= create_notebook_download(notebook_id=N.NotebookId)");
    assertThat(bench.value("D =~ 'zip$'")).isEqualTo("true");
    assertThat(bench.rows("SELECT name FROM notebooks(all=TRUE)")).isEqualTo("{\"name\":\"n\"}");
    assertThat(bench.rows("SELECT * FROM notebook_delete(notebook_id=N.NotebookId)")).isNotEmpty();
    assertThat(bench.rows("SELECT name FROM notebooks()")).isEqualTo("{\"name\":\"n\"}");
  }

  @Test
  void aChangedCellKeepsWhatIsNotGiven() {
    bench.rows("LET N <= notebook_create(name='n')");
    bench.rows("LET A <= notebook_update_cell(notebook_id=N.NotebookId, input='# a', type='md')");
    String change =
        "notebook_update_cell(notebook_id=N.NotebookId, cell_id=A.cell_metadata[0].cell_id, ";
    assertThat(bench.value(change + "output='shown').cell_metadata"))
        .contains("\"input\":\"# a\"", "\"type\":\"md\"", "\"output\":\"shown\"");
    assertThat(bench.value(change + "type='vql', input='SELECT 1 FROM scope()').cell_metadata"))
        .contains("\"type\":\"vql\"", "SELECT 1");
    assertThat(bench.value("len(list=notebook_get(notebook_id=N.NotebookId).cell_metadata)"))
        .isEqualTo("1");
  }

  @Test
  void recordedNotebooksAreShownAndRemoved() throws IOException {
    write(
        "notebooks/N.OLD1.json.db",
        "{\"notebookId\":\"N.OLD1\",\"name\":\"old\",\"creator\":\"ann\",\"public\":true}");
    write("notebooks/N.OLD1/NC.1/query_1.json", "{\"A\":1}\n");
    write("hunts/H.1/notebook/N.H.1.json.db", "{\"notebookId\":\"N.H.1\",\"public\":true}");
    assertThat(bench.rows("SELECT notebook_id, name FROM notebooks()"))
        .isEqualTo("{\"notebook_id\":\"N.OLD1\",\"name\":\"old\"}");
    String table = "SELECT * FROM source(notebook_id='N.OLD1', notebook_cell_id='NC.1')";
    assertThat(bench.rows(table)).isEqualTo("{\"A\":1}");
    bench.rows("SELECT * FROM notebook_delete(notebook_id='N.OLD1', really_do_it=TRUE)");
    assertThat(bench.rows("SELECT notebook_id FROM notebooks()")).isEmpty();
    assertThat(bench.rows(table)).isEmpty();
    assertThat(bench.value("notebook_get(notebook_id='N.OLD1')")).isEqualTo("null");
  }

  @Test
  void whatIsKeptWithANotebookHasTheTimeOfTheServer() {
    bench.rows("LET N <= notebook_create(name='n')");
    bench.rows(
        "LET U <= notebook_update(notebook_id=N.NotebookId, attachment='x',"
            + " attachment_filename='f')");
    assertThat(
            bench.rows(
                "SELECT Timestamp = now() AS T, started FROM uploads(notebook_id=N.NotebookId)"))
        .isEqualTo("{\"T\":true,\"started\":\"2023-11-14T22:13:20Z\"}");
  }

  @Test
  void anArchiveIsWrittenAndNamed() {
    Path archive = root.resolve("out.zip");
    String row =
        bench.rows("SELECT * FROM collect(artifacts='Shop.Tills', output='" + archive + "')");
    assertThat(row).matches("\\{\"Container\":.*,\"Error\":.*}");
    assertThat(List.of(bench.rows("SELECT Till, _Source FROM collect(artifacts='Shop.Tills')")))
        .containsExactly(
            "{\"Till\":1,\"_Source\":\"Shop.Tills/Open\"}\n"
                + "{\"Till\":2,\"_Source\":\"Shop.Tills/Shut\"}");
  }
}
