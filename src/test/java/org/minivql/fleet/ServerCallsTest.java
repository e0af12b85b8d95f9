package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.datastore.Datastore;

/** Calls of a server as a program on a stage sees them. */
class ServerCallsTest {
  @TempDir Path root;
  private StageBench bench;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(root.resolve("clients"));
    bench = new StageBench(new Datastore(root, Instant.parse("2024-03-01T08:00:00Z")));
    bench.rows("LET C <= client_create(client_id='C.a1', hostname='KIOSK', os='linux').client_id");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void noLabelIsNoLabel() {
    assertThat(bench.value("label(client_id=C, labels=NULL, op='set')"))
        .isEqualTo("{\"ClientId\":\"C.a1\",\"Labels\":[],\"Op\":\"set\"}");
    assertThat(bench.value("label(client_id=C, labels=[NULL, 'Till', 7], op='set').Labels"))
        .isEqualTo("[\"\",\"Till\",\"7\"]");
    assertThat(
            bench.value(
                "label(client_id=C, labels={ SELECT 'Queue' AS L FROM scope() }, op='set').Labels"))
        .isEqualTo("[\"Queue\"]");
    assertThat(bench.value("client_info(client_id=C).labels"))
        .isEqualTo("[\"Till\",\"7\",\"Queue\"]");
    bench.rows("LET L <= label(client_id=C, op='set')");
    assertThat(bench.log).containsExactly("label: Field labels is required");
  }

  @Test
  void mocksSayWhatTheyCannotReplace() {
    bench.rows("LET A <= mock(plugin='info', results=NULL)");
    bench.rows("LET B <= mock(artifact='Shop.Tills', results=dict(A=1))");
    bench.rows("LET D <= mock(results=dict(A=1))");
    bench.rows("LET E <= mock_check(plugin='nothing', expected_calls=0)");
    assertThat(bench.log)
        .containsExactly(
            "mock: results should be a list",
            "mock: artifact parameter should be an artifact not string",
            "mock: either plugin or artifact should be specified",
            "mock_check: nothing does not appear to be mocked");
  }

  @Test
  void theVerifierKnowsThePermissionsOfCallsThatAreNotSupported() {
    assertThat(
            bench.value(
                "verify(artifact='''name: Custom.Run\nsources:\n- query: SELECT"
                    + " reg_rm_key(path='x') FROM execve(argv='w')\n''').Permissions"))
        .isEqualTo("[\"EXECVE\",\"FILESYSTEM_WRITE\"]");
    assertThat(
            bench.value(
                "verify(artifact='''name: Custom.Run\nsources:\n- query: |\n"
                    + "    // linter: required_permissions:\"EXEC\"\n"
                    + "    SELECT reg_rm_key(path='x') FROM execve(argv='w')\n''').Warnings.Args"))
        .isEqualTo("[[\"FILESYSTEM_WRITE\"]]");
  }

  @Test
  void pathsMatchByTheirText() {
    assertThat(bench.value("pathspec(Path='/tills/open.txt') =~ 'open'")).isEqualTo("true");
    assertThat(bench.value("pathspec(Path='/tills/open.txt') =~ '^open'")).isEqualTo("false");
  }

  @Test
  void parametersComeFromTheServersMetadataWhereItHasThem() {
    bench.rows(
        "LET S <= artifact_set(definition='''name: Custom.Shop\nparameters:\n"
            + "- {name: Region, type: server_metadata, default: none}\n"
            + "sources:\n- query: SELECT Region FROM scope()\n''')");
    assertThat(bench.rows("SELECT Region FROM Artifact.Custom.Shop()"))
        .isEqualTo("{\"Region\":\"none\"}");
    bench.rows("LET M <= server_set_metadata(Region='north')");
    assertThat(bench.rows("SELECT Region FROM Artifact.Custom.Shop()"))
        .isEqualTo("{\"Region\":\"north\"}");
    assertThat(bench.rows("SELECT Region FROM collect(artifacts='Custom.Shop')"))
        .isEqualTo("{\"Region\":\"north\"}");
    assertThat(bench.rows("SELECT Region FROM Artifact.Custom.Shop(Region='east')"))
        .isEqualTo("{\"Region\":\"east\"}");
  }

  @Test
  void aSummaryOfAFlowHasNoDetailsOfItsRequest() {
    bench.rows(
        "LET F <= collect_client(client_id=C, artifacts='Generic.Client.Info', timeout=7).flow_id");
    for (String summary : new String[] {"TRUE", "FALSE"}) {
      boolean whole = summary.equals("FALSE");
      String get = "get_flow(client_id=C, flow_id=F, summary=" + summary + ")";
      assertThat(bench.value(get + ".request.artifacts")).isEqualTo("[\"Generic.Client.Info\"]");
      assertThat(bench.value(get + ".request.timeout")).isEqualTo(whole ? "7" : "0");
      assertThat(
              bench.rows(
                  "SELECT request.timeout AS T FROM flows(client_id=C, flow_id=F, summary="
                      + summary
                      + ")"))
          .isEqualTo(whole ? "{\"T\":7}" : "{\"T\":0}");
    }
    assertThat(bench.log).isEmpty();
  }

  @Test
  void nothingIsScheduledThatCannotBeCompiled() {
    bench.rows(
        "LET A <= artifact_set(definition='name: Shop.Doors\\nimports: [Shop.Keys]\\n"
            + "sources:\\n- query: SELECT 1 FROM scope()\\n')");
    assertThat(bench.value("collect_client(client_id=C, artifacts='Shop.Doors')"))
        .isEqualTo("null");
    assertThat(bench.value("hunt(artifacts='Shop.Doors')")).isEqualTo("null");
    assertThat(bench.log)
        .containsExactly(
            "collect_client: Artifact Shop.Doors imports Shop.Keys which is not known.",
            "hunt: Artifact Shop.Doors imports Shop.Keys which is not known.");
    assertThat(bench.rows("SELECT * FROM flows(client_id=C)")).isEmpty();
  }

  @Test
  void aStoredFlowCanBeCompletedAgainByHand() {
    bench.rows("LET F <= collect_client(client_id=C, artifacts='Generic.Client.Info').flow_id");
    assertThat(
            bench.rows(
                "SELECT send_event(artifact='System.Flow.Completion', client_id=client_id,"
                    + " row=dict(Timestamp=1, ClientId=client_id, FlowId=session_id,"
                    + " Flow=dict(session_id=session_id, state=2))).FlowId = F AS Sent"
                    + " FROM flows(client_id=C)"))
        .isEqualTo("{\"Sent\":true}");
    assertThat(
            bench.rows(
                "SELECT FlowId = F AS Same, Flow.state AS State, _Source FROM"
                    + " monitoring(client_id=C, artifact='System.Flow.Completion')"))
        .isEqualTo("{\"Same\":true,\"State\":2,\"_Source\":\"VelociraptorServer\"}");
  }
}
