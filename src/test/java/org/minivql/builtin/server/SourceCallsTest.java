package org.minivql.builtin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.registry.record.ArtifactInfo.Parameter;
import org.minivql.value.Dict;

class SourceCallsTest {
  private static final String USERS = "Generic.Client.Info/Users";

  private final Bench bench = new Bench();
  private final List<Dict> rows = new ArrayList<>();

  @BeforeEach
  void flows() {
    bench.client("C.0a", "web");
    bench.flow(
        "C.0a",
        "F.1",
        USERS,
        Dict.of("N", 1L, "At", "2020-01-02T03:04:05Z"),
        Dict.of("N", 2L),
        Dict.of("N", 3L));
    bench.artifact("My.Events", "SERVER_EVENT", "One", "Two");
    bench.artifact("My.Client.Events", "CLIENT_EVENT");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aDeletedFlowLeavesNoRowsAndTheOthersInTheirOrder() {
    Dict line = Dict.of("message", "m");
    bench.flow("C.0a", "F.2", USERS, Dict.of("N", 4L));
    bench.flow("C.0a", "F.10", USERS, Dict.of("N", 5L));
    for (String flow : List.of("F.1", "F.10")) {
      bench.server.results().appendLogs("C.0a", flow, List.of(line));
    }

    bench.rows("SELECT * FROM delete_flow(client_id='C.0a', flow_id='F.1', really_do_it=TRUE)");
    bench.flow("C.0a", "F.3", USERS, Dict.of("N", 6L));

    assertThat(bench.rows("SELECT session_id FROM flows(client_id='C.0a')"))
        .extracting(row -> row.get("session_id"))
        .containsExactly("F.2", "F.10", "F.3");
    String source = "client_id='C.0a', artifact='Generic.Client.Info/Users', flow_id=";
    assertThat(numbers(source + "'F.1'")).isEmpty();
    assertThat(numbers(source + "'F.10'")).isEqualTo("5");
    assertThat(bench.rows("SELECT * FROM flow_logs(client_id='C.0a', flow_id='F.1')")).isEmpty();
    assertThat(bench.rows("SELECT * FROM flow_logs(client_id='C.0a', flow_id='F.10')"))
        .containsExactly(line);
  }

  private String numbers(String arguments) {
    return bench.rows("SELECT N FROM source(" + arguments + ")").stream()
        .map(row -> String.valueOf(row.get("N")))
        .reduce("", (a, b) -> a + b);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "artifact='Generic.Client.Info/Users' | 123",
        "artifact='Generic.Client.Info', source='Users' | 123",
        "artifact='Generic.Client.Info/Users', start_row=1 | 23",
        "artifact='Generic.Client.Info/Users', start_row=1, count=1 | 2",
        "artifact='Generic.Client.Info/Users', start_row=3 | ''",
        "artifact='Generic.Client.Info/Users', count=0 | 123"
      })
  void readsAFlow(String arguments, String found) {
    assertThat(numbers("client_id='C.0a', flow_id='F.1', " + arguments))
        .isEqualTo(found.equals("''") ? "" : found);
  }

  @Test
  void missingArgumentsComeFromTheScope() {
    assertThat(
            bench.json(
                "LET ClientId <= 'C.0a' LET FlowId <= 'F.1' LET StartRow <= 2"
                    + " LET ArtifactName <= 'Generic.Client.Info/Users' SELECT N FROM source()"))
        .isEqualTo("{\"N\":3}");
  }

  @Test
  void aQueryWorksOnEachPiece() {
    assertThat(
            bench.rows(
                "SELECT N FROM parallelize(client_id='C.0a', flow_id='F.1', artifact='"
                    + USERS
                    + "', batch=2, workers=2, query={SELECT N FROM source()})"))
        .extracting(row -> row.get("N"))
        .containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(
            bench.rows(
                "SELECT * FROM parallelize(client_id='C.0a', flow_id='F.1', artifact='"
                    + USERS
                    + "', batch=2, query={SELECT count() AS C FROM source() GROUP BY 1})"))
        .extracting(row -> row.get("C"))
        .containsExactlyInAnyOrder(2L, 1L);
  }

  @Test
  void piecesOfAHuntSayWhoseTheyAre() {
    bench.rows("LET H <= hunt(artifacts='Generic.Client.Info')");
    bench.rows("LET A <= hunt_add(client_id='C.0a', hunt_id='H.01', flow_id='F.1')");
    assertThat(
            bench.json(
                "SELECT * FROM parallelize(hunt_id='H.01', artifact='"
                    + USERS
                    + "', batch=2, workers=1, query={SELECT N FROM source()})"))
        .isEqualTo(
            "{\"N\":1,\"ClientId\":\"C.0a\",\"FlowId\":\"F.1\"}\n"
                + "{\"N\":2,\"ClientId\":\"C.0a\",\"FlowId\":\"F.1\"}\n"
                + "{\"N\":3,\"ClientId\":\"C.0a\",\"FlowId\":\"F.1\"}");
  }

  @Test
  void piecesOfANotebookAreReadByItsId() {
    bench
        .server
        .results()
        .appendCell("N.1", "NC.1", 1, List.of(Dict.of("N", 1L), Dict.of("N", 2L)));
    assertThat(
            bench.json(
                "SELECT * FROM parallelize(notebook_id='N.1', notebook_cell_id='NC.1', batch=1,"
                    + " workers=1, query={SELECT N, StartRow FROM source(notebook_id=NotebookId,"
                    + " notebook_cell_id=NotebookCellId, notebook_cell_table=NotebookCellTable,"
                    + " start_row=StartRow, count=`Limit`)})"))
        .isEqualTo("{\"N\":1,\"StartRow\":0}\n{\"N\":2,\"StartRow\":1}");
  }

  @Test
  void aNotebookIsReadOnlyAsTheArgumentsSay() {
    bench.server.results().appendCell("N.1", "NC.1", 1, List.of(Dict.of("N", 1L)));
    bench.server.results().appendCell("N.1", "NC.1", 2, List.of(Dict.of("N", 2L)));
    String scope =
        "LET NotebookId <= 'N.1' LET NotebookCellId <= 'NC.1' LET NotebookCellTable <= 2"
            + " LET StartRow <= 1 SELECT N FROM ";

    assertThat(bench.json(scope + "source(notebook_id='N.1', notebook_cell_id='NC.1')"))
        .isEqualTo("{\"N\":1}");
    assertThat(bench.json(scope + "source(notebook_id='N.1')")).isEmpty();
    assertThat(bench.json(scope + "source()")).isEmpty();
  }

  @Test
  void piecesOfEventsAreCutFromTheTimesGiven() {
    bench.queue("Shop.Door", "SERVER_EVENT");
    for (int n = 1; n <= 3; n++) {
      bench.value("send_event(artifact='Shop.Door', client_id='server', row=dict(N=" + n + "))");
      bench.clock.advance(10);
    }
    long first = bench.clock.instant().getEpochSecond() - 30;
    assertThat(
            bench.json(
                "SELECT N FROM parallelize(artifact='Shop.Door', start_time="
                    + (first + 10)
                    + ", query={SELECT N FROM source(start_time=StartTime)})"))
        .isEqualTo("{\"N\":2}\n{\"N\":3}");
  }

  @Test
  void piecesOfNothingAreRefused() {
    bench.rows("SELECT * FROM parallelize(query={SELECT N FROM source()})");
    bench.rows(
        "SELECT * FROM parallelize(artifact='" + USERS + "', query={SELECT N FROM source()})");
    assertThat(bench.log)
        .containsExactly(
            "parallel: One of artifact, flow_id, hunt_id, notebook_id should be specified.",
            "parallel: client_id and flow_id should be specified for non event artifacts.");
  }

  @Test
  void textOfTheFormOfATimeBecomesATime() {
    assertThat(
            bench.json(
                "SELECT At.Year AS Y FROM source(client_id='C.0a', flow_id='F.1', artifact='"
                    + USERS
                    + "') WHERE N = 1"))
        .isEqualTo("{\"Y\":2020}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flow_id='F.1' | source: source: One of artifact, flow_id, hunt_id, notebook_id should be"
            + " specified.",
        "artifact='Generic.Client.Info', flow_id='F.1' | source: source: client_id and flow_id"
            + " should be specified for non event artifacts.",
        "artifact='No.Such' | source: Artifact No.Such not known",
        "artifact='Generic.Client.Info', source='Nope' | source: Artifact"
            + " Generic.Client.Info/Nope not known",
        "artifact='My.Client.Events' | source: Artifact My.Client.Events is a client event artifact,"
            + " therefore a client id is required."
      })
  void saysWhatIsMissing(String arguments, String message) {
    assertThat(numbers(arguments)).isEmpty();
    assertThat(bench.log).containsExactly(message);
  }

  @Test
  void aResultSetThatDoesNotExistHasNoRowsAndNoError() {
    assertThat(numbers("client_id='C.0a', flow_id='F.9', artifact='" + USERS + "'")).isEmpty();
    assertThat(bench.log).isEmpty();
    assertThat(bench.warnings().get("Q-20").message()).contains("there is no flow F.9");
    assertThat(numbers("client_id='C.0a', flow_id='F.9', artifact='" + USERS + "'")).isEmpty();
    assertThat(bench.warnings().get("Q-20").count()).isEqualTo(2);
  }

  @Test
  void storedEventsAreReadWithMilliseconds() {
    bench.rows(
        "SELECT send_event(artifact='My.Events/One', client_id='server', row=dict(N=_value))"
            + " FROM range(end=3)");
    bench.clock.advance(10);
    bench.rows(
        "SELECT send_event(artifact='My.Events/One', client_id='server', row=dict(N=9)) FROM scope()");
    assertThat(bench.json("SELECT * FROM source(artifact='My.Events', source='One') LIMIT 1"))
        .isEqualTo("{\"N\":0,\"_Source\":\"VelociraptorServer\",\"_ts\":1590938885000}");
    assertThat(numbers("artifact='My.Events/One', start_row=2, count=1")).isEqualTo("29");
    assertThat(numbers("artifact='My.Events/One', start_time=1590938890")).isEqualTo("9");
    assertThat(numbers("artifact='My.Events/One', end_time=1590938885")).isEqualTo("012");
    assertThat(bench.warnings()).containsKey("Q-19");
    assertThat(bench.rows("SELECT * FROM monitoring(client_id='server', artifact='My.Events/One')"))
        .hasSize(4);
    bench.json("LET StartTime <= 5 SELECT * FROM source(artifact='My.Events/One')");
    assertThat(bench.warnings()).containsKey("Q-18");
    bench.rows(
        "SELECT * FROM delete_events(artifact='My.Events/One', client_id='server',"
            + " end_time=1590938885, really_do_it=TRUE)");
    assertThat(numbers("artifact='My.Events/One'")).isEqualTo("9");
  }

  @Test
  void internalEventsAreNotStored() {
    bench.value("label(client_id='C.0a', labels='x', op='set')");
    assertThat(
            bench.rows(
                "SELECT * FROM monitoring(client_id='C.0a', artifact='Server.Internal.Label')"))
        .isEmpty();
    assertThat(
            bench.rows(
                "SELECT * FROM monitoring(client_id='server', artifact='Server.Audit.Logs')"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "artifact='My.Events/One', row=dict(A=1) | send_event: Only servers can write to a"
            + " SERVER_EVENT artifact_type",
        "artifact='My.Client.Events', row=dict(A=1) | send_event: Client ID invalid to write to a"
            + " CLIENT artifact_type: ClientId not provided",
        "artifact='My.Client.Events', client_id='x', row=dict(A=1) | send_event: Client ID invalid"
            + " to write to a CLIENT artifact_type: ClientId is not valid"
      })
  void anEventNeedsItsReceiver(String arguments, String message) {
    assertThat(bench.value("send_event(" + arguments + ")")).isEqualTo("null");
    assertThat(bench.log).containsExactly(message);
  }

  @Test
  void internalQueuesAreRefused() {
    assertThat(bench.value("send_event(artifact='Server.Internal.Label', row=dict(A=1))"))
        .isEqualTo("null");
    assertThat(bench.log).hasSize(1);
  }

  @Test
  void watchingNamesWhatCannotBeWatched() {
    bench.rows("SELECT * FROM watch_monitoring(artifact='No.Such')");
    bench.rows("SELECT * FROM watch_monitoring(artifact='Generic.Client.Info')");
    assertThat(bench.log)
        .containsExactly(
            "Artifact No.Such not known",
            "watch_monitoring only supports monitoring event artifacts");
  }

  @Test
  void theBareNameOfAnArtifactWithNamedSourcesHearsNothing() {
    bench.rule("Bare", "SELECT * FROM watch_monitoring(artifact='My.Events')", rows);
    bench.value("send_event(artifact='My.Events/One', client_id='server', row=dict(A=1))");
    assertThat(rows).isEmpty();
    assertThat(bench.warnings().get("Q-21").message()).contains("My.Events/One");
  }

  @Test
  void aCollectionIsScheduledWithTextParameters() {
    bench.artifact(
        new ArtifactInfo(
            "My.Files",
            "CLIENT",
            List.of(""),
            Map.of(
                "Glob", new Parameter("", List.of()),
                "Depth", new Parameter("int", List.of()),
                "Hash", new Parameter("bool", List.of()),
                "When", new Parameter("timestamp", List.of()),
                "Table", new Parameter("csv", List.of()),
                "Key", new Parameter("redacted", List.of())),
            Set.of(),
            false,
            0));
    assertThat(
            bench.value(
                "collect_client(client_id='C.0a', artifacts='My.Files', spec=dict(`My.Files`=dict("
                    + "Glob='*', Depth=3, Hash=TRUE, When=1600000000, Key='secret', Nope=1,"
                    + " Table=[dict(A=1, B='x'),]))).request.specs[0].parameters.env"))
        .isEqualTo(
            "[{\"key\":\"Glob\",\"value\":\"*\",\"comment\":\"\"},"
                + "{\"key\":\"Depth\",\"value\":\"3\",\"comment\":\"\"},"
                + "{\"key\":\"Hash\",\"value\":\"Y\",\"comment\":\"\"},"
                + "{\"key\":\"When\",\"value\":\"2020-09-13T12:26:40Z\",\"comment\":\"\"},"
                + "{\"key\":\"Key\",\"value\":\"XXXXX\",\"comment\":\"redacted\"},"
                + "{\"key\":\"Table\",\"value\":\"A,B\\n1,x\\n\",\"comment\":\"\"}]");
    assertThat(bench.warnings().get("Q-17").message()).contains("no parameter Nope");
    assertThat(
            bench.json(
                "SELECT session_id, state, request.artifacts AS A, create_time AS C"
                    + " FROM flows(client_id='C.0a') WHERE session_id = 'F.01'"))
        .isEqualTo(
            "{\"session_id\":\"F.01\",\"state\":\"RUNNING\",\"A\":[\"My.Files\"],"
                + "\"C\":1590938885000000}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_id='C.0a', artifacts=[] | no artifacts to collect!",
        "client_id='C.0a', artifacts='No.Such' | Unknown artifact No.Such",
        "client_id='C.none', artifacts='Generic.Client.Info' | Client ID C.none not known in this"
            + " org: NotFoundError"
      })
  void aCollectionThatCannotBeIsRefused(String arguments, String message) {
    assertThat(bench.value("collect_client(" + arguments + ")")).isEqualTo("null");
    assertThat(bench.log).containsExactly("collect_client: " + message);
  }

  @Test
  void aFlowIsCancelledOnce() {
    bench.rule("Done", "SELECT * FROM watch_monitoring(artifact='System.Flow.Completion')", rows);
    bench.value("collect_client(client_id='C.0a', artifacts='Generic.Client.Info')");
    assertThat(bench.value("cancel_flow(client_id='C.0a', flow_id='F.01')"))
        .isEqualTo("{\"flow_id\":\"F.01\"}");
    bench.value("cancel_flow(client_id='C.0a', flow_id='F.01')");
    bench.value("cancel_flow(client_id='C.0a', flow_id='F.1')");
    assertThat(rows).hasSize(1);
    assertThat(bench.value("get_flow(client_id='C.0a', flow_id='F.01').status"))
        .isEqualTo("\"Cancelled by VQL query\"");
    assertThat(bench.value("get_flow(client_id='C.0a', flow_id='F.1').state"))
        .isEqualTo("\"FINISHED\"");
  }

  @Test
  void oneFlowHasOneMoreColumn() {
    assertThat(bench.rows("SELECT * FROM flows(client_id='C.0a')").get(0).has("AvailableDownloads"))
        .isFalse();
    Dict one = bench.rows("SELECT * FROM flows(client_id='C.0a', flow_id='F.1')").get(0);
    assertThat(one.name(one.size() - 1)).isEqualTo("AvailableDownloads");
    assertThat(
            bench.rows(
                "SELECT * FROM flow_results(client_id='C.0a', flow_id='F.1', source='Users')"))
        .hasSize(3);
    assertThat(bench.json("SELECT Type FROM enumerate_flow(client_id='C.0a', flow_id='F.1')"))
        .isEqualTo("{\"Type\":\"Result\"}\n{\"Type\":\"CollectionContext\"}");
    assertThat(
            bench.json(
                "SELECT * FROM enumerate_flow(client_id='C.0a', flow_id='F.1')"
                    + " WHERE Data.VFSPath =~ 'db'"))
        .isEqualTo(
            "{\"type\":\"CollectionContext\",\"data\":{\"VFSPath\":"
                + "\"ds:/clients/C.0a/collections/F.1.json.db\"},\"error\":\"\"}");
  }
}
