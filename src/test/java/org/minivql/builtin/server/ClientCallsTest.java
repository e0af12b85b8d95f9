package org.minivql.builtin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Principal;
import org.minivql.registry.flow.Recorded;
import org.minivql.value.Dict;

class ClientCallsTest {
  private final Bench bench = new Bench();
  private final List<Dict> rows = new ArrayList<>();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aLabelIsSetCheckedAndRemoved() {
    bench.client("C.0a", "web");
    assertThat(bench.value("label(client_id='C.0a', labels='Ops', op='set')"))
        .isEqualTo("{\"ClientId\":\"C.0a\",\"Labels\":[\"Ops\"],\"Op\":\"set\"}");
    assertThat(bench.value("label(client_id='C.0a', labels=['ops', ''], op='check')"))
        .isEqualTo("{\"ClientId\":\"C.0a\",\"Labels\":[\"ops\",\"\"],\"Op\":\"check\"}");
    assertThat(bench.value("label(client_id='C.0a', labels=['ops','other'], op='check')"))
        .isEqualTo("false");
    assertThat(bench.value("label(client_id='C.0a', labels='all', op='check').Op"))
        .isEqualTo("\"check\"");
    assertThat(bench.value("label(client_id='C.0a', labels='OPS', op='remove').Op"))
        .isEqualTo("\"remove\"");
    assertThat(bench.labels("C.0a")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"op='Set'", "op='add'", "op=''"})
  void anUnknownOpDoesNothingAndLooksLikeSuccess(String op) {
    bench.client("C.0a", "web");
    assertThat(bench.value("label(client_id='C.0a', labels='x', " + op + ").ClientId"))
        .isEqualTo("\"C.0a\"");
    assertThat(bench.labels("C.0a")).isEmpty();
    assertThat(bench.warnings().get("Q-12").count()).isEqualTo(1);
  }

  @Test
  void labelsAreNotSetOnAMalformedId() {
    assertThat(bench.value("label(client_id='X.1', labels='a', op='set')")).isEqualTo("null");
    assertThat(bench.log).contains("label: ClientId is not valid");
    assertThat(bench.value("label(client_id='X.1', labels='a', op='remove').Op"))
        .isEqualTo("\"remove\"");
  }

  @Test
  void oneClientIsFoundByItsIdAlone() {
    bench.client("C.0a", "web");
    assertThat(bench.rows("SELECT * FROM clients(client_id='C.0a')")).hasSize(1);
    assertThat(bench.rows("SELECT * FROM clients(client_id='C.0')")).isEmpty();
    assertThat(bench.value("client_info(client_id='C.0a').os_info.hostname")).isEqualTo("\"web\"");
    assertThat(bench.value("client_info(client_id='C.0')")).isEqualTo("null");
    assertThat(bench.log)
        .containsExactly("client_info: Client ID C.0 not known in this org: NotFoundError");
    assertThat(bench.rows("SELECT * FROM clients(search='size:9')")).isEmpty();
    assertThat(bench.log).contains("clients: Invalid search operator size");
  }

  @Test
  void threeColumnsOfARowAreAlwaysZero() {
    bench.client("C.0a", "web");
    bench.value("label(client_id='C.0a', labels='x', op='set')");
    assertThat(
            bench.json(
                "SELECT last_label_timestamp AS A, last_hunt_timestamp AS B,"
                    + " last_event_table_version AS C FROM clients()"))
        .isEqualTo("{\"A\":0,\"B\":0,\"C\":0}");
    assertThat(bench.server.clients().get("C.0a").number("labels_timestamp")).isPositive();
  }

  @Test
  void aCreatedClientHasItsTimesInTheirUnitsAndSendsNoEvent() {
    bench.rule("E", "SELECT * FROM watch_monitoring(artifact='Server.Internal.Label')", rows);
    assertThat(
            bench.json(
                "LET R <= client_create(first_seen_at='2021-03-04T05:06:07', hostname='Box',"
                    + " last_seen_at=1700000000, labels=['A','b'], os='linux', client_id='C.7z')"
                    + " SELECT R.client_id AS I, R.fqdn AS F, R.first_seen_at AS S, R.ping AS P,"
                    + " R.labels AS L, R.labels_timestamp AS T FROM scope()"))
        .isEqualTo(
            "{\"I\":\"C.7z\",\"F\":\"Box\",\"S\":1614834367,\"P\":1700000000000000,"
                + "\"L\":[\"A\",\"b\"],\"T\":0}");
    assertThat(rows).isEmpty();
    assertThat(bench.warnings()).containsKey("Q-16");
    assertThat(bench.rows("SELECT * FROM clients(search='label:b')")).hasSize(1);
    assertThat(bench.value("client_create(hostname='X').client_id"))
        .matches("\"C\\.[0-9a-f]{16}\"");
    bench.log.clear();
    assertThat(bench.value("client_create(client_id='oops')")).isEqualTo("null");
    assertThat(bench.value("client_create(nothing=1)")).isEqualTo("null");
    assertThat(bench.log)
        .containsExactly(
            "ERROR:client_create: ClientId is not valid",
            "ERROR:client_create: Unexpected arg nothing");
  }

  @Test
  void deletingListsFirstAndThenTakesLabelsAndRecord() {
    bench.client("C.0a", "web", "A");
    bench.rule("E", "SELECT * FROM watch_monitoring(artifact='Server.Internal.Label')", rows);
    String delete = "SELECT client_id FROM client_delete(client_id='C.0a'";
    assertThat(bench.json(delete + ")")).isEqualTo("{\"client_id\":\"C.0a\"}");
    assertThat(bench.labels("C.0a")).containsExactly("A");
    assertThat(bench.rows(delete + ", really_do_it=TRUE)")).hasSize(1);
    assertThat(bench.server.clients().get("C.0a")).isNull();
    assertThat(rows)
        .singleElement()
        .satisfies(r -> assertThat(r.get("Operation")).isEqualTo("Remove"));
    bench.rows("SELECT * FROM client_delete(client_id='oops')");
    assertThat(bench.log)
        .contains("ERROR:client_delete: Client Id 'oops' should be of the form C.XXXX");
  }

  @Test
  void metadataIsAddedTo() {
    bench.client("C.0a", "web");
    assertThat(bench.value("client_set_metadata(client_id='C.0a', A='x', B=5)")).isEqualTo("true");
    assertThat(bench.value("client_set_metadata(client_id='C.0a', metadata=dict(A='y', C=1.5))"))
        .isEqualTo("true");
    assertThat(bench.value("client_metadata(client_id='C.0a')"))
        .isEqualTo("{\"B\":\"5\",\"A\":\"y\",\"C\":\"1.5\"}");
    bench.value("client_set_metadata(client_id='C.0a', B=NULL)");
    bench.value("client_set_metadata(client_id='C.0a', modify='x=>x + dict(D=TRUE)')");
    assertThat(bench.value("client_metadata(client_id='C.0a')"))
        .isEqualTo("{\"A\":\"y\",\"C\":\"1.5\",\"D\":\"true\"}");
    assertThat(bench.value("client_set_metadata(client_id='C.0a', modify='x=>1')"))
        .isEqualTo("null");
    assertThat(bench.log).contains("client_set_metadata: modify must return a dict");
  }

  @Test
  void onlyEffectiveMetadataIsAnnounced() {
    bench.client("C.0a", "web");
    bench.rule(
        "M",
        "SELECT * FROM watch_monitoring(artifact='Server.Internal.MetadataModifications')",
        rows);
    bench.value("client_set_metadata(client_id='C.0a', team='Blue')");
    bench.value("client_set_metadata(client_id='C.0a', team='Blue')");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("updated_keys")).isEqualTo(List.of("team"));
    assertThat(bench.rows("SELECT * FROM clients(search='team:bl*')")).hasSize(1);
    assertThat(bench.value("client_set_metadata(client_id='C.none', team='x')")).isEqualTo("null");
    assertThat(bench.log)
        .contains("client_set_metadata: Client ID C.none not known in this org: NotFoundError");
    assertThat(bench.value("client_metadata(client_id='C.none')")).isEqualTo("{}");
  }

  @Test
  void theServerHasMetadataToo() {
    bench.value("server_set_metadata(Token='t')");
    assertThat(bench.value("server_metadata().Token")).isEqualTo("\"t\"");
    assertThat(bench.value("client_metadata(client_id='server')")).isEqualTo("{\"Token\":\"t\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reader | label(client_id='C.0a', labels='x', op='set') | label: | LABEL_CLIENT",
        "analyst | client_set_metadata(client_id='C.0a', a=1) | client_set_metadata: | COLLECT_CLIENT",
        "analyst | hunt(artifacts='Generic.Client.Info') | hunt: | START_HUNT",
        "investigator | server_metadata() | server_metadata: | SERVER_ADMIN",
        "artifact_writer | client_info(client_id='C.0a') | client_info: | READ_RESULTS"
      })
  void aCallWithoutThePermissionIsRefused(
      String role, String call, String prefix, String permission) {
    try (Bench other =
        new Bench(EventBus.Phase.FIRST, Principal.of("kim", List.of(role)), Recorded.NONE)) {
      other.client("C.0a", "web");
      assertThat(other.value(call)).isEqualTo("null");
      assertThat(other.log)
          .containsExactly(prefix + " PermissionDenied: Permission denied: [" + permission + "]");
      assertThat(other.labels("C.0a")).isEmpty();
    }
  }

  @Test
  void whoMayNotCollectIsNamed() {
    try (Bench other =
        new Bench(
            EventBus.Phase.FIRST, Principal.of("kim", List.of("investigator")), Recorded.NONE)) {
      other.value("collect_client(client_id='server', artifacts='Generic.Client.Info')");
      assertThat(other.log)
          .containsExactly(
              "collect_client: PermissionDenied: User kim is not allowed to launch flows"
                  + " COLLECT_SERVER.");
    }
  }

  @Test
  void withoutAServerACallIsRefused() {
    List<String> log = new ArrayList<>();
    org.minivql.Vql.builder()
        .catalog(new GeneratedCatalog())
        .build()
        .compile("SELECT client_info(client_id='C.0') FROM scope()")
        .run(org.minivql.QueryOptions.defaults().withLog(l -> log.add(l.text())), row -> true);
    assertThat(log).contains("client_info: Command can only run on the server");
  }

  @Test
  void linksNameThePage() {
    bench.client("C.0a", "web");
    assertThat(bench.value("link_to(client_id='C.0a')"))
        .isEqualTo("\"[C.0a (web)](/?org_id=root#/host/C.0a)\"");
    bench.client("C.0b", "");
    assertThat(bench.value("link_to(client_id='C.0b')"))
        .isEqualTo("\"[C.0b](/?org_id=root#/host/C.0b)\"");
    assertThat(bench.value("link_to(hunt_id='H.1', text='h', raw=TRUE)"))
        .isEqualTo("\"/?org_id=root#/hunts/H.1/overview\"");
    assertThat(bench.value("whoami()")).isEqualTo("\"VelociraptorServer\"");
  }
}
