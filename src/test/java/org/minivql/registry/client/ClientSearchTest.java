package org.minivql.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.registry.ServerModel;
import org.minivql.registry.TestClock;
import org.minivql.registry.event.Origin;
import org.minivql.value.Dict;

class ClientSearchTest {
  private final TestClock clock = new TestClock();
  private final ServerModel model =
      ServerModel.builder(clock).indexedMetadata(List.of("team")).build();

  @BeforeEach
  void fleet() {
    load("C.0a", "db-prod", "10.0.0.9:1000", "aa:bb:01", "Server");
    load("C.0b", "DB-test", "10.0.1.2:1000", "aa:bb:02", "servers-old");
    load("C.0c", "ws-7", "192.168.0.2:1", "cc:00:01");
    model.metadata().update("C.0b", m -> Dict.of("team", "Finance"), Origin.SERVER);
  }

  private void load(String id, String host, String ip, String mac, String... labels) {
    model
        .clients()
        .load(
            ClientRecord.of(id)
                .with("hostname", host)
                .with("fqdn", host + ".example")
                .with("ip_address", ip)
                .with("mac_addresses", List.of(mac))
                .with("labels", List.of((Object[]) labels)));
  }

  private String search(String term) {
    List<String> found = new ArrayList<>();
    model.clients().search(term, record -> found.add(record.clientId().substring(2)));
    return String.join(" ", found);
  }

  @ParameterizedTest
  @CsvSource(
      emptyValue = "",
      value = {
        "all, 0a 0b 0c",
        "label:server, 0a 0b",
        "label:SERVER, 0a 0b",
        "label:server*old, 0b",
        "label:*r, 0a",
        "label:*, 0a 0b",
        "label:none, 0c",
        "host:db, 0a 0b",
        "host:db-*t, 0b",
        "db, 0a 0b",
        "host:?b*, ''",
        "host:d?-*, ''",
        "host:d*[p-q]r*, 0a",
        "client:c.0, 0a 0b 0c",
        "C.0b, 0b",
        "c.0B, 0b",
        "mac:aa, 0a 0b",
        "ip:10.0.0, 0a",
        "ip:10.*:1000, 0a 0b",
        "team:fin*, 0b",
        "recent:me, ''",
        "/host:.+7/, 0c",
        "/label:.*serv/, 0a 0b",
        "label:/serv/, ''",
        "/abel:server/, ''"
      })
  void finds(String term, String ids) {
    assertThat(search(term)).isEqualTo(ids);
  }

  @Test
  void refusesAnUnknownOperator() {
    assertThatThrownBy(() -> search("colour:red")).hasMessage("Invalid search operator colour");
  }

  @Test
  void orderIsByMatchingTermThenById() {
    model.labels().set("C.0c", "aaa", Origin.SERVER);
    assertThat(search("label:*")).isEqualTo("0c 0a 0b");
    model.labels().set("C.0c", "zzz", Origin.SERVER);
    assertThat(search("label:*")).isEqualTo("0c 0a 0b");
  }

  @Test
  void theFullNameIsFoundUntilTheIndexIsRebuilt() {
    assertThat(search("host:ws-7.ex")).isEmpty();
    model.clients().index("C.0c", record -> record.with("fqdn", "alias.example"));
    assertThat(search("host:alias")).isEqualTo("0c");
    clock.advance(299);
    assertThat(search("host:alias")).isEqualTo("0c");
    clock.advance(1);
    assertThat(search("host:alias")).isEmpty();
    assertThat(search("host:ws-7")).isEqualTo("0c");
  }

  @Test
  void aRemovedClientIsNotFound() {
    model.clients().remove("C.0b");
    assertThat(search("all")).isEqualTo("0a 0c");
    assertThat(search("label:*")).isEqualTo("0a");
    assertThat(search("team:*")).isEmpty();
    assertThat(search("C.0b")).isEmpty();
  }
}
