package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids and names that a fleet or a store keeps files under lead to no other files. */
class FleetEscapesTest {
  private static final String SECRET = "TOP-SECRET";

  @TempDir Path folder;

  @BeforeEach
  void fleet() throws IOException {
    write("fleet/fleet.yaml", "clock_start: 2026-01-01T00:00:00Z\n");
    write("fleet/clients.jsonl", "{\"client_id\": \"C.1\"}\n");
    write("fleet/flows/C.1/F.1/context.json", context("inside"));
    write("fleet/flows/C.1/F.1/results/A.jsonl", "{\"X\": \"inside\"}\n");
    write("flows/C.1/F.1/context.json", context(SECRET));
    write("flows/C.1/F.1/results/A.jsonl", "{\"X\": \"" + SECRET + "\"}\n");
    write("secret.jsonl", "{\"X\": \"" + SECRET + "\"}\n");
    write("context.json", "{\"X\": \"" + SECRET + "\"}");
  }

  private static String context(String creator) {
    return "{\"client_id\": \"C.1\", \"session_id\": \"F.1\", \"request\": {\"creator\": \""
        + creator
        + "\", \"client_id\": \"C.1\", \"artifacts\": [\"A\"]}, \"create_time\": 1767000000000000,"
        + " \"start_time\": 1767000001000000, \"active_time\": 1767000002000000,"
        + " \"state\": \"FINISHED\"}";
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** All files but those of the store, which a program may change. */
  private Map<String, String> picture() throws IOException {
    Map<String, String> picture = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (!path.startsWith(folder.resolve("store"))) {
          picture.put(path.toString(), Files.isRegularFile(path) ? Files.readString(path) : "");
        }
      }
    }
    return picture;
  }

  @Test
  void whatTheFleetHasIsRead() {
    Run run =
        Run.in(
            folder,
            "SELECT get_flow(client_id='C.1', flow_id='F.1') AS F FROM scope()",
            "run",
            "--fleet",
            "fleet",
            "-");
    assertThat(run.out()).contains("F.1").contains("inside");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM source(client_id='../../flows/C.1', flow_id='F.1', artifact='A')",
        "SELECT * FROM source(client_id='..', flow_id='../flows/C.1/F.1', artifact='A')",
        "SELECT * FROM source(client_id='C.1', flow_id='../../../flows/C.1/F.1', artifact='A')",
        "SELECT * FROM source(client_id='C.1', flow_id='F.1', artifact='../../../../../secret')",
        "SELECT * FROM source(client_id='C.1', flow_id='F.1', artifact='A/../../../../../../secret')",
        "SELECT * FROM flow_results(client_id='../../flows/C.1', flow_id='F.1')",
        "SELECT * FROM flow_logs(client_id='C.1', flow_id='../../../flows/C.1/F.1')",
        "SELECT * FROM flows(client_id='../../flows/C.1')",
        "SELECT get_flow(client_id='../../flows/C.1', flow_id='F.1') AS F FROM scope()",
        "SELECT * FROM uploads(client_id='C.1', flow_id='../../../flows/C.1/F.1')",
        "SELECT * FROM monitoring(client_id='../..', artifact='secret')",
        "SELECT * FROM enumerate_flow(client_id='../../flows/C.1', flow_id='F.1')",
        "SELECT collect_client(client_id='../../x', artifacts='../../y') AS F FROM scope()",
        "SELECT client_create(client_id='../../x', hostname='y') AS F FROM scope()",
        "SELECT artifact_set(definition='name: ../../x\\nsources:\\n- query: SELECT 1') FROM scope()",
        "SELECT org_create(name='x', org_id='../../x') AS O FROM scope()",
        "SELECT label(client_id='../../x', labels='../../y', op='set') AS L FROM scope()",
        "SELECT client_set_metadata(client_id='../../x', metadata=dict(a=1)) AS M FROM scope()",
        "SELECT send_event(artifact='../../x', row=dict(a=1)) AS E FROM scope()",
        "SELECT user_create(user='../../x', roles='reader') AS U FROM scope()",
        "SELECT * FROM delete_flow(client_id='../../flows/C.1', flow_id='F.1', really_do_it=TRUE)",
        "SELECT * FROM client_delete(client_id='../..', really_do_it=TRUE)"
      })
  void namesLeadNowhereElse(String program) throws IOException {
    Map<String, String> before = picture();
    Run fleet = Run.in(folder, program, "run", "--fleet", "fleet", "-");
    assertThat(fleet.out() + fleet.err()).doesNotContain(SECRET);
    assertThat(picture()).isEqualTo(before);
    Run store = Run.in(folder, program, "run", "--store", "store/deep", "-");
    assertThat(store.out() + store.err()).doesNotContain(SECRET);
    assertThat(picture()).isEqualTo(before);
  }
}
