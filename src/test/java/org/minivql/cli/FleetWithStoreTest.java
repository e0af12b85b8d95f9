package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a fleet whose changes are kept in a store. */
class FleetWithStoreTest {
  private static final String ASK =
      "SELECT client_id AS Id, os_info.hostname AS Host, labels AS Labels,"
          + " client_metadata(client_id=client_id) AS Meta FROM clients()";

  @TempDir Path directory;

  @BeforeEach
  void fleet() throws IOException {
    write("fleet/fleet.yaml", "clock_start: 2026-01-01T00:00:00Z\n");
    write(
        "fleet/clients.jsonl",
        """
        {"client_id":"C.1","hostname":"one","labels":["Old"]}
        {"client_id":"C.2","hostname":"two"}
        {"client_id":"C.3","hostname":"three"}
        """);
    write(
        "fleet/metadata.jsonl",
        """
        {"client_id":"C.1","metadata":{"team":"red"}}
        {"client_id":"C.2","metadata":{"team":"blue"}}
        {"client_id":"C.3","metadata":{"team":"green"}}
        {"client_id":"server","metadata":{"site":"north"}}
        """);
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String rows(String program, String... options) {
    Stream<String> words =
        Stream.concat(Stream.of("run", "--format", "jsonl", "-"), Stream.of(options));
    Run run = Run.in(directory, program, words.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  private String onBoth(String program) {
    return rows(program, "--fleet", "fleet", "--store", "s");
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory.resolve("fleet"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file.toString(), Files.readString(file));
      }
    }
    return files;
  }

  @Test
  void aSecondRunSeesTheChangesOfTheFirst() throws IOException {
    Map<String, String> before = files();

    onBoth(
        "SELECT label(client_id='C.1', labels='New', op='set'),"
            + " label(client_id='C.1', labels='Old', op='remove'),"
            + " client_set_metadata(client_id='C.2', metadata=dict(team=NULL)),"
            + " client_set_metadata(client_id='server', metadata=dict(site=NULL)),"
            + " client_create(client_id='C.4', hostname='four') FROM scope()");
    onBoth("SELECT * FROM client_delete(client_id='C.3', really_do_it=TRUE)");

    String expected =
        """
        {"Id":"C.1","Host":"one","Labels":["New"],"Meta":{"team":"red"}}
        {"Id":"C.2","Host":"two","Labels":[],"Meta":{}}
        {"Id":"C.4","Host":"four","Labels":[],"Meta":{}}
        """;
    assertThat(onBoth(ASK)).isEqualTo(expected);
    assertThat(onBoth("SELECT client_metadata(client_id='server') AS Meta FROM scope()"))
        .isEqualTo("{\"Meta\":{}}\n");
    assertThat(rows(ASK, "--store", "s")).isEqualTo(expected);
    assertThat(files()).isEqualTo(before);
    assertThat(rows(ASK, "--fleet", "fleet")).contains("Old").contains("three");
  }

  @Test
  void theFleetGivesWhatTheStoreHasNot() throws IOException {
    rows(
        "SELECT client_create(client_id='C.2', hostname='mine', labels='Mine') FROM scope()",
        "--store",
        "s");
    write("fleet/clients.jsonl", "{\"client_id\":\"C.2\",\"hostname\":\"two\"}\n");
    assertThat(onBoth(ASK))
        .isEqualTo(
            "{\"Id\":\"C.2\",\"Host\":\"mine\",\"Labels\":[\"Mine\"],\"Meta\":{\"team\":\"blue\"}}\n");

    write(
        "fleet/clients.jsonl",
        "{\"client_id\":\"C.2\",\"hostname\":\"two\"}\n{\"client_id\":\"C.5\",\"labels\":[\"Late\"]}\n");
    assertThat(onBoth("SELECT client_id, labels FROM clients()"))
        .isEqualTo(
            "{\"client_id\":\"C.2\",\"labels\":[\"Mine\"]}\n{\"client_id\":\"C.5\",\"labels\":[\"Late\"]}\n");
  }

  @Test
  void whatIsRecordedHappensInEachRunAlike() throws IOException {
    write(
        "fleet/script.jsonl",
        """
        {"do":"hunt","hunt":{"artifacts":["Generic.Client.Info"]}}
        {"do":"checkin","client":"C.1"}
        {"do":"label","client":"C.2","set":["Seen"]}
        """);
    String program =
        "SELECT * FROM chain(async=TRUE, a={ SELECT _Source, ClientId AS Id"
            + " FROM watch_monitoring(artifact='System.Hunt.Participation') },"
            + " b={ SELECT _Source, client_id AS Id"
            + " FROM watch_monitoring(artifact='Server.Internal.Label') })";

    String first = onBoth(program);

    assertThat(first.lines().toList())
        .containsExactlyInAnyOrder(
            "{\"_Source\":\"System.Hunt.Participation\",\"Id\":\"C.1\"}",
            "{\"_Source\":\"Server.Internal.Label\",\"Id\":\"C.2\"}");
    assertThat(onBoth(program)).isEqualTo(first);
    assertThat(rows(program, "--fleet", "fleet")).isEqualTo(first);
    assertThat(onBoth("SELECT * FROM hunts()")).isEmpty();
  }

  @Test
  void clientsMadeInDifferentRunsHaveDifferentIds() {
    String make = "SELECT client_create(hostname='h').client_id AS Id FROM scope()";

    assertThat(List.of(onBoth(make), onBoth(make), onBoth(make))).doesNotHaveDuplicates();
  }

  @Test
  void aStoreThatCannotBeOpenedEndsTheRun() throws IOException {
    write("s/registry.mv", "not a store");
    Run run = Run.in(directory, ASK, "run", "--fleet", "fleet", "--store", "s", "-");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("not a store");

    Run none = Run.in(directory, ASK, "run", "--fleet", "nowhere", "--store", "t", "-");
    assertThat(none.status()).isEqualTo(2);
    assertThat(directory.resolve("t")).doesNotExist();
  }
}
