package org.minivql.builtin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.value.Dict;

class TableCallsTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void artifacts() {
    bench.artifact("My.Watch", "CLIENT_EVENT");
    bench.artifact("My.Serve", "SERVER_EVENT");
    bench.client("C.0a", "web", "lab");
    bench.server.tables().load(Dict.EMPTY, Dict.EMPTY);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aGroupIsForClientsWithItsLabel() {
    bench.value("add_client_monitoring(artifact='My.Watch')");
    bench.value("add_client_monitoring(artifact='My.Watch', label='Lab')");
    bench.value("add_client_monitoring(artifact='My.Watch', label='other')");
    assertThat(bench.server.tables().effective("C.0a")).containsExactly("My.Watch", "My.Watch");
    assertThat(bench.warnings()).doesNotContainKey("Q-29");
    bench.value("add_client_monitoring(artifact='My.Watch', label='lab')");
    assertThat(bench.server.tables().effective("C.0a")).hasSize(3);
    assertThat(bench.warnings()).containsKey("Q-29");
    bench.value("rm_client_monitoring(artifact='My.Watch', label='Lab')");
    assertThat(bench.server.tables().effective("C.0a")).hasSize(2);
  }

  @Test
  void theTableIsReturnedInItsRawForm() {
    assertThat(
            bench.value(
                "add_client_monitoring(artifact='My.Watch', parameters=dict(P='1'), label='Lab')"))
        .isEqualTo(
            "{\"version\":1590938885000000000,\"label_events\":[{\"label\":\"Lab\",\"artifacts\":"
                + "{\"artifacts\":[\"My.Watch\"],\"specs\":[{\"artifact\":\"My.Watch\",\"parameters\":"
                + "{\"env\":[{\"key\":\"P\",\"value\":\"1\"}]}}]}}]}");
    assertThat(bench.value("add_server_monitoring(artifact='My.Serve')"))
        .isEqualTo("{\"artifacts\":[\"My.Serve\"],\"specs\":[{\"artifact\":\"My.Serve\"}]}");
    assertThat(bench.value("rm_server_monitoring(artifact='My.Serve')")).isEqualTo("{}");
  }

  @Test
  void aWholeTableIsSetFromADictOrText() {
    bench.value("set_server_monitoring(value='{\"artifacts\":[\"My.Serve\"]}')");
    assertThat(bench.value("get_server_monitoring().artifacts")).isEqualTo("[\"My.Serve\"]");
    bench.value("set_client_monitoring(value=dict(artifacts=dict(artifacts=['My.Watch'])))");
    assertThat(bench.value("get_client_monitoring().artifacts.artifacts"))
        .isEqualTo("[\"My.Watch\"]");
    assertThat(
            bench.value("set_client_monitoring(value=dict(artifacts=dict(artifacts=['No.Such'])))"))
        .isEqualTo("null");
    assertThat(bench.log)
        .containsExactly("set_client_monitoring: ClientEventTable: Artifact No.Such not known");
    assertThat(bench.value("get_client_monitoring().artifacts.artifacts"))
        .isEqualTo("[\"My.Watch\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add_client_monitoring | artifact='No.Such' | artifact No.Such not found",
        "add_client_monitoring | artifact='My.Serve' | artifact My.Serve is not a client event"
            + " artifact",
        "add_server_monitoring | artifact='My.Watch' | artifact My.Watch is not a server event"
            + " artifact",
        "add_server_monitoring | artifact='My.Serve', parameters=3 | parameters should be a dict",
        "add_server_monitoring | artifact='My.Serve', parameters=dict(A=1) | parameter A should has"
            + " a string value"
      })
  void aBadEntryIsRefused(String function, String arguments, String message) {
    assertThat(bench.value(function + "(" + arguments + ")")).isEqualTo("null");
    assertThat(bench.log).containsExactly(function + ": " + message);
    assertThat(bench.server.tables().server().get("artifacts")).isEqualTo(List.of());
  }

  @Test
  void theServerRunsNothingButServerEvents() {
    bench.value("add_server_monitoring(artifact='My.Serve')");
    assertThat(bench.value("set_server_monitoring(value=dict(artifacts=['My.Serve', 'My.Watch']))"))
        .isEqualTo("null");
    assertThat(bench.log)
        .containsExactly(
            "set_server_monitoring: Server monitoring can only run artifacts of type SERVER_EVENT,"
                + " not CLIENT_EVENT");
    assertThat(bench.value("get_server_monitoring().artifacts")).isEqualTo("[\"My.Serve\"]");
  }

  @Test
  void anyChangeOfLabelsSendsTheTableAgain() {
    List<Dict> rows = new ArrayList<>();
    bench.rule(
        "M",
        "SELECT artifact, op FROM watch_monitoring(artifact='Server.Internal.ArtifactModification')",
        rows);
    bench.value("add_client_monitoring(artifact='My.Watch')");
    assertThat(rows).containsExactly(Dict.of("artifact", "ClientEventTable", "op", "set"));
    assertThat(bench.server.tables().checkIn("C.0a")).isTrue();
    assertThat(bench.server.tables().checkIn("C.0a")).isFalse();
    bench.clock.advance(5);
    bench.value("label(client_id='C.0a', labels='unrelated', op='set')");
    assertThat(bench.server.tables().checkIn("C.0a")).isTrue();
    assertThat(bench.warnings()).containsKey("Q-38");
  }

  @Test
  void parametersMustBeText() {
    bench.value("add_client_monitoring(artifact='My.Watch', parameters=dict(N=5))");
    assertThat(bench.warnings()).containsKey("Q-28");
  }
}
