package org.minivql.builtin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Principal;
import org.minivql.registry.flow.Recorded;
import org.minivql.value.Dict;

/** Behaviour that is reproduced and warned of: once for each rule, with a count. */
class SurprisesTest {
  private static final String INFO = "Generic.Client.Info/BasicInformation";

  private final List<Dict> rows = new ArrayList<>();
  private Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private void interrogate(String clientId, String flowId, Object... more) {
    Dict row = Dict.of("OS", "windows", "Hostname", "h-" + flowId, "Fqdn", "h.corp.example");
    for (int i = 0; i < more.length; i += 2) {
      row = row.with((String) more[i], more[i + 1]);
    }
    bench.server.flows().complete(bench.flow(clientId, flowId, INFO, row), Origin.SERVER);
  }

  private long count(String id) {
    return bench.warnings().containsKey(id) ? bench.warnings().get(id).count() : 0;
  }

  @Test
  void aConfiguredLabelComesBack() {
    interrogate("C.0a", "F.1", "Labels", List.of("Lab"));
    assertThat(count("Q-09")).isZero();
    bench.value("label(client_id='C.0a', labels='lab', op='remove')");
    assertThat(bench.labels("C.0a")).isEmpty();
    interrogate("C.0a", "F.2", "Labels", List.of("Lab"));
    assertThat(bench.labels("C.0a")).containsExactly("Lab");
    interrogate("C.0a", "F.3", "Labels", List.of("Lab"));
    assertThat(count("Q-09")).isEqualTo(1);
  }

  @Test
  void aLabelSearchFindsLongerLabels() {
    bench.client("C.0a", "a", "Server");
    bench.client("C.0b", "b", "servers-old");
    assertThat(bench.rows("SELECT * FROM clients(search='label:server')")).hasSize(2);
    assertThat(bench.rows("SELECT * FROM clients(search='label:server*')")).hasSize(2);
    assertThat(count("Q-14")).isEqualTo(1);
  }

  @Test
  void aFullNameIsForgottenByTheIndex() {
    interrogate("C.0a", "F.1");
    assertThat(bench.rows("SELECT * FROM clients(search='h.corp')")).hasSize(1);
    assertThat(count("Q-15")).isZero();
    bench.clock.advance(301);
    assertThat(bench.rows("SELECT * FROM clients(search='host:h.corp')")).isEmpty();
    assertThat(bench.rows("SELECT * FROM clients(search='other.corp')")).isEmpty();
    assertThat(count("Q-15")).isEqualTo(1);
  }

  @Test
  void storedEventsHaveAnotherUnit() {
    bench.value("label(client_id='C.0a', labels='x', op='set')");
    bench.rows("SELECT * FROM monitoring(client_id='server', artifact='Server.Audit.Logs')");
    bench.rows("SELECT * FROM source(artifact='Server.Audit.Logs')");
    assertThat(count("Q-02")).isEqualTo(2);
  }

  @Test
  void someQueuesHaveNoDefinition() {
    bench.rule("L", "SELECT * FROM watch_monitoring(artifact='Server.Internal.Label')", rows);
    bench.rule("C", "SELECT * FROM watch_monitoring(artifact='System.Flow.Completion')", rows);
    assertThat(count("Q-10")).isEqualTo(1);
    assertThat(bench.warnings().get("Q-10").rule()).isEqualTo("L");
  }

  @ParameterizedTest
  @EnumSource(EventBus.Phase.class)
  void aRecordMayBeStaleWhileItsCompletionIsHandled(EventBus.Phase order) {
    bench.close();
    bench = new Bench(order, Principal.superuser(), Recorded.NONE);
    bench.client("C.0a", "before");
    bench.rule(
        "R",
        "SELECT client_info(client_id=ClientId).os_info.hostname AS H"
            + " FROM watch_monitoring(artifact='System.Flow.Completion')",
        rows);
    interrogate("C.0a", "F.1");
    interrogate("C.0a", "F.2");
    boolean first = order == EventBus.Phase.FIRST;
    assertThat(rows)
        .containsExactly(
            Dict.of("H", first ? "h-F.1" : "before"), Dict.of("H", first ? "h-F.2" : "h-F.1"));
    assertThat(count("Q-37")).isEqualTo(2);
  }

  @Test
  void settingALabelAgainIsAnEventAgain() {
    bench.client("C.0a", "a");
    bench.rule("L", "SELECT * FROM watch_monitoring(artifact='Server.Internal.Label')", rows);
    for (int i = 0; i < 3; i++) {
      bench.value("label(client_id='C.0a', labels='x', op='set')");
    }
    assertThat(rows).hasSize(3);
    assertThat(count("Q-08")).isEqualTo(2);
  }

  @Test
  void aRuleThatLabelsOnLabelEventsIsStopped() {
    bench.client("C.0a", "a");
    bench.rule(
        "Loop",
        "SELECT label(client_id=client_id, labels='x', op='set') AS L"
            + " FROM watch_monitoring(artifact='Server.Internal.Label')",
        rows);
    bench.value("label(client_id='C.0a', labels='x', op='set')");
    assertThat(rows).hasSizeBetween(1000, 1010);
    assertThat(bench.warnings().get("W-LOOP").message())
        .contains("Loop -> Server.Internal.Label -> Loop");
  }

  @Test
  void warningsAreCountedForEachRule() {
    bench.client("C.0a", "a");
    bench.rule(
        "A",
        "SELECT label(client_id='C.0a', labels='x', op='Set') AS L"
            + " FROM watch_monitoring(artifact='System.Flow.Completion')",
        rows);
    bench.rule(
        "B",
        "SELECT label(client_id='C.0a', labels='x', op='Set') AS L"
            + " FROM watch_monitoring(artifact='System.Flow.Completion')",
        rows);
    interrogate("C.0a", "F.1");
    interrogate("C.0a", "F.2");
    assertThat(bench.server.quirks().warnings())
        .filteredOn(w -> w.id().equals("Q-12"))
        .extracting(w -> w.rule() + w.count())
        .containsExactly("A2", "B2");
  }
}
