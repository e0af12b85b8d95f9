package org.minivql.builtin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.minivql.registry.event.Change;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Principal;
import org.minivql.registry.event.Rule;
import org.minivql.registry.flow.Recorded;
import org.minivql.value.Dict;

/** A rule that labels by what an interrogation found, from the event to the label. */
class LabelRuleTest {
  private static final String RULE =
      """
      LET done = SELECT * FROM watch_monitoring(artifact="System.Flow.Completion")
        WHERE Flow.artifacts_with_results =~ "Generic.Client.Info/BasicInformation"
      LET found = SELECT *, ClientId
        FROM source(client_id=ClientId, flow_id=FlowId, artifact="Generic.Client.Info/BasicInformation")
        WHERE Platform =~ "Server"
      SELECT Hostname, label(client_id=ClientId, labels="Server", op="set") AS L
      FROM foreach(row=done, query=found)
      """;

  private final List<Dict> rows = Collections.synchronizedList(new ArrayList<>());
  private Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static Dict info(String host, String platform, Object labels) {
    return Dict.of(
        "Hostname",
        host,
        "OS",
        "windows",
        "Platform",
        platform,
        "PlatformVersion",
        "10.0",
        "Fqdn",
        host + ".example",
        "Labels",
        labels,
        "BuildTime",
        "2026-01-10T00:00:00Z",
        "MACAddresses",
        List.of("aa:01", "aa:01"));
  }

  private void complete(String clientId, String flowId, Dict row) {
    String source = "Generic.Client.Info/BasicInformation";
    bench.server.flows().complete(bench.flow(clientId, flowId, source, row), Origin.SERVER);
  }

  @ParameterizedTest
  @EnumSource(EventBus.Phase.class)
  void labelsTheServersOnly(EventBus.Phase order) {
    bench.close();
    bench = new Bench(order, Principal.superuser(), Recorded.NONE);
    List<Change> changes = new ArrayList<>();
    bench.server.changes().listen(changes::add);
    Rule rule = bench.rule("Auto.Label", RULE, rows);
    complete("C.0a", "F.1", info("FS-1", "Microsoft Windows Server 2022", null));
    assertThat(bench.labels("C.0a")).containsExactly("Server");
    complete("C.0b", "F.2", info("WS-1", "Microsoft Windows 11", null));
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("Hostname")).isEqualTo("FS-1");
    assertThat(rule.eventsSeen()).isEqualTo(2);
    Change change = changes.get(0);
    assertThat(change.origin().rule()).isEqualTo("Auto.Label");
    assertThat(change.origin().event().toString()).startsWith("System.Flow.Completion#1");
    assertThat(change.flowId()).isEqualTo("F.1");
    assertThat(bench.server.clients().get("C.0a").text("release"))
        .isEqualTo("Microsoft Windows Server 202210.0");
  }

  @Test
  void configuredLabelsAreSetByTheInterrogation() {
    bench.client("C.0a", "FS-1", "finance");
    complete("C.0a", "F.1", info("FS-1", "Windows", List.of("Finance", "Lab")));
    assertThat(bench.labels("C.0a")).containsExactly("finance", "Finance", "Lab");
    bench.server.labels().remove("C.0a", "lab", Origin.SERVER);
    complete("C.0a", "F.2", info("FS-1", "Windows", List.of("Lab")));
    assertThat(bench.labels("C.0a")).containsExactly("finance", "Finance", "Lab");
    assertThat(
            bench.json("SELECT client_id, os_info, last_interrogate_flow_id AS F FROM clients()"))
        .isEqualTo(
            "{\"client_id\":\"C.0a\",\"os_info\":{\"system\":\"windows\",\"hostname\":\"FS-1\","
                + "\"release\":\"Windows10.0\",\"machine\":\"\",\"fqdn\":\"FS-1.example\","
                + "\"mac_addresses\":[\"aa:01\"]},\"F\":\"F.2\"}");
  }

  @Test
  void anInstalledOverrideStopsTheRuleSilently() {
    bench.artifact("Custom.Generic.Client.Info", "CLIENT", "BasicInformation");
    bench.rule("Auto.Label", RULE, rows);
    String source = "Custom.Generic.Client.Info/BasicInformation";
    Dict flow = bench.flow("C.0a", "F.1", source, info("FS-1", "Windows Server", null));
    bench.server.flows().complete(flow, Origin.SERVER);
    assertThat(bench.labels("C.0a")).isEmpty();
    assertThat(bench.warnings().get("Q-34").message())
        .contains("read 0 rows because this flow's results are named " + source);
    assertThat(bench.server.clients().get("C.0a").text("last_interrogate_artifact_name"))
        .isEqualTo(source);
  }

  @Test
  void enrollingMakesANamelessRecordAndAFlow() {
    List<Dict> scheduled = new ArrayList<>();
    bench.server.flows().onScheduled(scheduled::add);
    bench.rule("E", "SELECT * FROM watch_monitoring(artifact='Server.Internal.Enrollment')", rows);
    bench.server.interrogation().enrol("C.0new");
    assertThat(rows)
        .containsExactly(
            Dict.of(
                "ClientId", "C.0new", "_ts", 1590938885L, "_Source", "Server.Internal.Enrollment"));
    assertThat(scheduled).hasSize(1);
    assertThat(scheduled.get(0).get("session_id")).isEqualTo("F.01");
    assertThat(scheduled.get(0).get("state")).isEqualTo("RUNNING");
    assertThat(
            bench.json(
                "SELECT first_seen_at AS S, last_interrogate_artifact_name AS A FROM clients()"))
        .isEqualTo("{\"S\":1590938885,\"A\":\"Generic.Client.Info\"}");
    bench.artifact("Custom.Generic.Client.Info", "CLIENT", "BasicInformation");
    bench.server.interrogation().enrol("C.1new");
    assertThat(
            bench.json(
                "SELECT last_interrogate_artifact_name AS A FROM clients(client_id='C.1new')"))
        .isEqualTo("{\"A\":\"Custom.Generic.Client.Info\"}");
  }

  @Test
  void theLiveFlowIsAPartWithNumbersForStates() {
    bench.rule(
        "Live",
        "SELECT Flow.state AS S, Flow.request AS R, Flow.session_id AS F, Flow.SessionId AS G,"
            + " Flow.create_time AS C, Flow FROM watch_monitoring(artifact='System.Flow.Completion')",
        rows);
    complete("C.0a", "F.1", info("FS-1", "Windows", null));
    Dict row = rows.get(0);
    assertThat(row.get("S")).isEqualTo(2L);
    assertThat(row.get("R")).isNull();
    assertThat(row.get("F")).isEqualTo("F.1");
    assertThat(row.get("G")).isEqualTo("F.1");
    assertThat(row.get("C")).isEqualTo(0L);
    assertThat(org.minivql.format.Json.text(row.get("Flow")))
        .isEqualTo(
            "{\"client_id\":\"C.0a\",\"session_id\":\"F.1\",\"state\":2,"
                + "\"artifacts_with_results\":[\"Generic.Client.Info/BasicInformation\"]}");
    assertThat(bench.warnings()).containsKeys("Q-11", "Q-01");
    complete("C.0a", "F.1", info("FS-1", "Windows", null));
    assertThat(bench.warnings().get("Q-11").count()).isEqualTo(4);
  }

  @Test
  void aRowWithoutAnOperatingSystemChangesNothing() {
    bench.client("C.0a", "old");
    complete("C.0a", "F.1", Dict.of("Hostname", "new"));
    assertThat(bench.server.clients().get("C.0a").text("hostname")).isEqualTo("old");
    assertThat(bench.log).anyMatch(line -> line.contains("No Generic.Client.Info results"));
  }

  @Test
  void aReplayedCompletionCountsLikeARealOne() {
    bench.rule("Auto.Label", RULE, rows);
    bench.flow("C.0a", "F.1", "Generic.Client.Info/BasicInformation", info("S", "Server", null));
    bench.rows(
        "SELECT send_event(artifact='System.Flow.Completion', client_id=client_id,"
            + " row=dict(Timestamp=now(), ClientId=client_id, FlowId=session_id,"
            + " Flow=dict(session_id=session_id, state=2,"
            + " artifacts_with_results=artifacts_with_results))) FROM flows(client_id='C.0a')");
    assertThat(bench.log)
        .contains(
            "flows: unable to get client C.0a: Client ID C.0a not known in this org: NotFoundError");
    bench.client("C.0a", "S");
    bench.rows(
        "SELECT send_event(artifact='System.Flow.Completion', client_id=client_id,"
            + " row=dict(ClientId=client_id, FlowId=session_id,"
            + " Flow=dict(session_id=session_id, state=2,"
            + " artifacts_with_results=artifacts_with_results))) FROM flows(client_id='C.0a')");
    assertThat(bench.labels("C.0a")).containsExactly("Server");
  }
}
