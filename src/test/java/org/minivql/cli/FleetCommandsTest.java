package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetCommandsTest {
  private static final String RULE =
      """
      name: Custom.Test.Linux
      type: SERVER_EVENT
      sources:
        - query: |
            SELECT label(client_id=ClientId, labels="Tux", op="set") AS Done
            FROM foreach(
              row={ SELECT * FROM watch_monitoring(artifact="System.Flow.Completion") },
              query={ SELECT *, ClientId FROM source(client_id=ClientId, flow_id=FlowId,
                                           artifact="Custom.Test.Os") WHERE OS = "linux" })
      """;

  @TempDir Path directory;

  @BeforeEach
  void fleet() throws IOException {
    write("fleet/fleet.yaml", "clock_start: 2026-01-01T00:00:00Z\n");
    write(
        "fleet/clients.jsonl",
        """
        {"client_id":"C.0000000000000001","hostname":"one"}
        {"client_id":"C.0000000000000002","hostname":"two"}
        """);
    write(
        "fleet/artifacts/os.yaml",
        "name: Custom.Test.Os\nsources:\n  - query: SELECT OS FROM info()\n");
    flow("C.0000000000000001", "linux");
    flow("C.0000000000000002", "windows");
    write("rule.yaml", RULE);
  }

  private void flow(String client, String os) throws IOException {
    String folder = "fleet/flows/" + client + "/F.1/";
    write(
        folder + "context.json",
        "{\"client_id\":\""
            + client
            + "\",\"session_id\":\"F.1\",\"request\":{\"artifacts\":[\"Custom.Test.Os\"]},"
            + "\"state\":\"FINISHED\"}");
    write(folder + "results/Custom.Test.Os.jsonl", "{\"OS\":\"" + os + "\"}\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Run run(String... words) {
    return Run.in(directory, "", words);
  }

  @Test
  void aPlanShowsEachChangeWithItsRule() {
    Run run = run("plan", "rule.yaml", "--fleet", "fleet");

    assertThat(run.status()).isZero();
    assertThat(run.out().lines().filter(line -> line.contains("+Tux")).toList())
        .first()
        .asString()
        .contains("C.0000000000000001")
        .contains("Custom.Test.Linux")
        .contains("System.Flow.Completion");
    assertThat(run.out()).contains("1 of 2 clients");
  }

  @Test
  void aPlanIsAnObjectForPrograms() {
    Run run = run("plan", "rule.yaml", "--fleet", "fleet", "--format", "json");

    assertThat(run.out()).startsWith("{\n").contains("\"added\": [\n    \"Tux\"\n   ]");
  }

  @Test
  void aProgramSeesWhatHappensInTheFleet() throws IOException {
    write(
        "p.vql",
        "SELECT ClientId FROM watch_monitoring(artifact='System.Flow.Completion') LET X = 1");

    assertThat(run("run", "p.vql", "--fleet", "fleet", "--format", "jsonl"))
        .isEqualTo(
            new Run(
                0,
                "{\"ClientId\":\"C.0000000000000001\"}\n{\"ClientId\":\"C.0000000000000002\"}\n",
                ""));
  }

  @Test
  void aProgramThatDoesNotListenRunsOnTheFleet() throws IOException {
    write("p.vql", "SELECT client_id FROM clients() LIMIT 1");

    assertThat(run("run", "p.vql", "--fleet", "fleet", "--format", "jsonl").out())
        .isEqualTo("{\"client_id\":\"C.0000000000000001\"}\n");
  }

  @Test
  void aRuleRunsLikeAProgram() {
    assertThat(run("run", "rule.yaml", "--fleet", "fleet", "--format", "jsonl").out())
        .contains("\"Labels\":[\"Tux\"]");
  }

  @Test
  void aDamagedFleetIsRefusedWithThePlace() throws IOException {
    write("fleet/clients.jsonl", "{\"client_id\":\"C.0000000000000001\"}\n{\"client_id\":}\n");

    Run run = run("plan", "rule.yaml", "--fleet", "fleet");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("clients.jsonl:2:").contains("{\"client_id\":}\n");
  }

  @Test
  void whatIsMissingIsOneSentence() {
    assertThat(run("plan", "rule.yaml").err()).isEqualTo("vql: --fleet DIR is missing [E-USAGE]\n");
    assertThat(run("plan", "none.yaml", "--fleet", "fleet").err())
        .isEqualTo("vql: cannot read none.yaml: no such file [E-FILE]\n");
    assertThat(run("plan", "rule.yaml", "--fleet", "none").err())
        .isEqualTo("vql: cannot read none: no such file or directory [E-FILE]\n");
  }

  @Test
  void aFleetIsShownAndChecked() throws IOException {
    assertThat(run("fleet", "show", "fleet").out()).contains("clients: 2\n");
    assertThat(run("fleet", "show", "fleet", "--format", "json").out()).contains("\"clients\": 2");
    assertThat(run("fleet", "check", "fleet").out()).isEqualTo("ok\n");

    write("fleet/stray.txt", "not part of it");
    assertThat(run("fleet", "check", "fleet").status()).isEqualTo(1);
    assertThat(run("fleet", "check", "fleet").out()).contains("stray.txt");
    Run json = run("fleet", "check", "fleet", "--format", "json");
    assertThat(json.status()).isEqualTo(1);
    assertThat(json.out())
        .matches(
            "\\{\n \"problems\": \\[\n  \".*stray.txt: not part of a fleet, ignored\"\n ]\n}\n");
  }

  @Test
  void everyCommandTellsWhichFilesItIgnored() throws IOException {
    write("fleet/expect/labels.jsonl", "");
    write("fleet/expect/lables.jsonl", "");
    write("fleet/flow/C.1/F.1/context.json", "{}");
    write("fleet/flows/C.0000000000000001/F.1/result/Custom.Test.Os.jsonl", "");
    write("p.vql", "SELECT * FROM clients() LIMIT 0");
    String end = ": not part of a fleet, ignored\n";
    String folder = directory.resolve("fleet") + "/";
    String ignored =
        String.join(
            "WARN:" + folder,
            "WARN:" + folder + "flow" + end,
            "expect/lables.jsonl" + end,
            "flows/C.0000000000000001/F.1/result" + end);

    assertThat(run("fleet", "show", "fleet").err()).endsWith(ignored);
    assertThat(run("fleet", "import", "fleet", "copy").err()).endsWith(ignored);
    assertThat(run("plan", "rule.yaml", "--fleet", "fleet").err()).endsWith(ignored);
    assertThat(run("diff", "rule.yaml", "rule.yaml", "--fleet", "fleet").err()).endsWith(ignored);
    assertThat(run("why", "C.0000000000000001", "--fleet", "fleet").err()).endsWith(ignored);
    assertThat(run("run", "p.vql", "--fleet", "fleet").err()).endsWith(ignored);
    assertThat(run("test", "fleet").err()).endsWith(ignored);
  }

  @Test
  void anImportTellsWhatItLeavesOut() throws IOException {
    write("server/clients/C.a1.json.db", "{\"clientId\":\"C.a1\"}");
    write("server/downloads/C.a1/all.zip", "");

    Run done = run("fleet", "import", "server", "copy");
    assertThat(done.status()).isZero();
    assertThat(done.err()).endsWith("/server: downloads are not imported (1 file)\n");
  }

  @Test
  void anEmptyFleetIsShown() throws IOException {
    write("empty/fleet.yaml", "");
    write("empty/tables/server.yaml", "");

    assertThat(run("fleet", "show", "empty").out())
        .endsWith(
            """
            clock_start: 2020-01-01T00:00:00Z
            clients: 0
            systems: none
            labels: none
            flows: 0
            results: none
            artifacts: []
            rules: []
            event_tables: none
            metadata: 0
            queues: none
            hunts: 0
            steps: none
            """);
    assertThat(run("fleet", "check", "empty")).isEqualTo(new Run(0, "ok\n", ""));
    assertThat(run("fleet", "check", "empty", "--format", "json").out())
        .isEqualTo("{\n \"problems\": []\n}\n");
    assertThat(run("fleet", "import", "empty", "copy").out())
        .isEqualTo("0 rows of results written\n");
    assertThat(run("fleet", "check", "copy").out()).isEqualTo("ok\n");
    assertThat(run("plan", "--fleet", "empty").status()).isZero();
  }

  @Test
  void theEventTablesOfTheClientsAreShown() throws IOException {
    write(
        "fleet/clients.jsonl",
        """
        {"client_id":"C.1","labels":["till"]}
        {"client_id":"C.2","labels":["Till","other"]}
        {"client_id":"C.3"}
        """);
    assertThat(run("fleet", "show", "fleet").out())
        .contains("event_tables:\n  C.1, C.2, C.3: Generic.Client.Stats (all)\n");

    write(
        "fleet/artifacts/bells.yaml",
        "name: Custom.Bells\ntype: CLIENT_EVENT\nsources:\n  - query: SELECT * FROM clock()\n");
    write(
        "fleet/tables/client.yaml",
        """
        artifacts: {artifacts: [Custom.Bells, Custom.Test.Os]}
        label_events:
          - {label: Till, artifacts: {artifacts: [Custom.Bells, No.Such]}}
          - {label: ALL, artifacts: {artifacts: [Generic.Client.Stats]}}
        """);
    String everyone = "Custom.Bells (all), Custom.Test.Os (all; skipped: not of type CLIENT_EVENT)";
    assertThat(run("fleet", "show", "fleet").out())
        .contains(
            "event_tables:\n  C.1, C.2: "
                + everyone
                + ", Custom.Bells (Till), No.Such (Till; skipped: not defined),"
                + " Generic.Client.Stats (ALL)\n  C.3: "
                + everyone
                + ", Generic.Client.Stats (ALL)\n");
    assertThat(run("fleet", "show", "fleet", "--format", "json").out())
        .contains(
            """
                {
                 "artifact": "No.Such",
                 "label": "Till",
                 "skipped": "not defined"
                },
            """)
        .contains("\"clients\": [\n    \"C.1\",\n    \"C.2\"\n   ]");

    StringBuilder many = new StringBuilder();
    for (int i = 10; i < 25; i++) {
      many.append("{\"client_id\":\"C.").append(i).append("\"}\n");
    }
    write("fleet/clients.jsonl", many.toString());
    assertThat(run("fleet", "show", "fleet").out())
        .contains(", C.19 and 5 more: Custom.Bells (all)");
  }

  @Test
  void aProgramIsToldWhatItMeetsOfTheServersBehaviour() throws IOException {
    write(
        "p.vql",
        """
        SELECT hunt(artifacts="Generic.Client.Info", os="windows", include_labels="A",
                    exclude_labels="B").HuntId AS H FROM range(end=2)
        """);
    String log =
        "hunt: Both OS and label conditions set, ignoring include label conditions (p.vql:1:8)\n";
    String warning =
        "WARN:Q-23 (2 times): hunt(os=) drops include_labels and exclude_labels; make a hunt by"
            + " label instead. Use either os= or labels; make two hunts for both.\n";
    Run run = run("run", "p.vql", "--fleet", "fleet", "--format", "jsonl");

    assertThat(run)
        .isEqualTo(new Run(0, "{\"H\":\"H.01\"}\n{\"H\":\"H.02\"}\n", log + log + warning));
    assertThat(run("run", "p.vql", "--store", "s").err()).isEqualTo(log + log + warning);
    assertThat(run("run", "p.vql", "--fleet", "fleet", "--quiet").err()).isEmpty();
  }

  @Test
  void someWarningsAreForThoseWhoUseWhatTheyAreAbout() throws IOException {
    write("fleet/clients.jsonl", "{\"client_id\":\"C.1\",\"release\":\"Ubuntu22\"}\n");
    write(
        "fleet/artifacts/inner.yaml",
        "name: Custom.Inner\nsources:\n  - query: SELECT os_info.release AS R FROM clients()\n");
    write("p.vql", "SELECT R FROM Artifact.Custom.Inner()");
    write("q.vql", "SELECT os_info.system FROM clients()");

    assertThat(run("run", "p.vql", "--fleet", "fleet").err()).startsWith("WARN:Q-04 (C.1): ");
    assertThat(run("run", "q.vql", "--fleet", "fleet").err()).isEmpty();
  }

  @Test
  void aCallThatFailedFailsTheRunWhereThatIsWanted() throws IOException {
    write("p.vql", "SELECT add_client_monitoring(artifact='No.Such') AS T FROM scope()");
    write(
        "inner.yaml",
        "name: Custom.Inner\nsources:\n  - query: SELECT add_server_monitoring(artifact='No.Such') AS"
            + " T FROM scope()\n");
    write("fine.vql", "SELECT log(message='p: seen') AS T FROM scope()");
    String told = "add_client_monitoring: artifact No.Such not found [E-ARTIFACT] (p.vql:1:8)\n";

    for (String place : new String[] {"--fleet=fleet", "--store=s"}) {
      Run run = run("run", "p.vql", place, "--format", "jsonl");
      assertThat(run).isEqualTo(new Run(0, "{\"T\":null}\n", told));
      Run strict = run("run", "p.vql", place, "--format", "jsonl", "--strict", "--quiet");
      assertThat(strict).isEqualTo(new Run(1, "{\"T\":null}\n", told));
      assertThat(run("run", "inner.yaml", place, "--strict").status()).isEqualTo(1);
      assertThat(run("run", "fine.vql", place, "--strict").status()).isZero();
    }
    assertThat(run("query", "--strict", "SELECT nosuch() FROM scope()").status()).isEqualTo(1);
    assertThat(run("query", "--strict", "SELECT NoSuch FROM scope()").status()).isEqualTo(1);
    assertThat(run("query", "--strict", "SELECT * FROM nosuch()").status()).isEqualTo(1);
    assertThat(run("query", "--strict", "SELECT upcase() FROM scope()").status()).isEqualTo(1);
    assertThat(run("query", "SELECT upcase() FROM scope()").status()).isZero();
    for (String failing :
        new String[] {
          "read_file(filename='/no/such')",
          "filter(list=[1], condition='x=>upcase()')",
          "set(item=dict(), field='a')"
        }) {
      String text = "SELECT " + failing + " FROM scope()";
      assertThat(run("query", "--strict", text).status()).as(failing).isEqualTo(1);
    }
    Run inner = run("query", "--strict", "SELECT * FROM query(query='SELECT 1 FROM scope()')");
    assertThat(inner.err()).contains("running query");
    assertThat(inner.status()).isZero();
  }

  @Test
  void fleetsAreMadeAndConverted() {
    assertThat(run("fleet", "init", "made").status()).isZero();
    assertThat(run("fleet", "check", "made").status()).isZero();
    assertThat(run("fleet", "import", "made", "copy").status()).isZero();
    assertThat(run("fleet", "check", "copy").status()).isZero();
    assertThat(run("fleet", "import", "made", "copy").status()).isEqualTo(2);
  }

  @Test
  void changesStayInAStore() throws IOException {
    write(
        "label.vql",
        "SELECT client_create(os='linux', hostname='one', client_id='C.0000000000000001'),"
            + " label(client_id='C.0000000000000001', labels='Kept', op='set') FROM scope()");
    write("ask.vql", "SELECT client_id, labels FROM clients()");

    assertThat(run("run", "label.vql", "--store", "s").status()).isZero();
    assertThat(run("run", "ask.vql", "--store", "s", "--format", "jsonl").out())
        .isEqualTo("{\"client_id\":\"C.0000000000000001\",\"labels\":[\"Kept\"]}\n");

    Run exported = run("store", "export", "s", "--output", "lines.jsonl");
    assertThat(exported).isEqualTo(new Run(0, "", ""));
    assertThat(run("store", "import", "t", "lines.jsonl").out()).endsWith("entries added\n");
    assertThat(run("store", "show", "t").out()).isEqualTo(run("store", "show", "s").out());
    assertThat(run("store", "show", "s", "--format", "json").out())
        .startsWith("{\n")
        .contains("\"clients\": 1");
    assertThat(run("run", "ask.vql", "--store", "t", "--format", "jsonl").out()).contains("Kept");
    write("cut.jsonl", "{\"table\":\"clients\",\"key\":\"C.1\",\"val");
    assertThat(run("store", "import", "none", "cut.jsonl").status()).isEqualTo(2);
    assertThat(directory.resolve("none")).doesNotExist();
    assertThat(run("store", "show", "none").status()).isEqualTo(2);
  }

  @Test
  void everyTableOfAStoreIsExportedAndImported() throws IOException {
    write(
        "all.vql",
        String.join(
            "\n",
            "LET C <= client_create(os='linux', hostname='one', client_id='C.1', labels='Old')",
            "LET L <= label(client_id='C.2', labels='Old', op='set')",
            "LET R <= label(client_id='C.1', labels='Old', op='remove')",
            "LET M <= client_set_metadata(client_id='C.1', metadata=dict(a=1))",
            "LET F <= collect_client(client_id='C.1', artifacts='Generic.Client.Info')",
            "LET G <= collect_client(client_id='C.1', artifacts='Generic.Client.Info')",
            "LET D <= SELECT * FROM delete_flow(client_id='C.1', flow_id=G.flow_id,"
                + " really_do_it=TRUE)",
            "LET H <= hunt(artifacts='Generic.Client.Info')",
            "LET A <= hunt_add(hunt_id=H.HuntId, client_id='C.1')",
            "LET N <= notebook_create(name='T').NotebookId",
            "LET U <= notebook_update_cell(notebook_id=N, input='SELECT 7 AS S FROM scope()',"
                + " type='VQL')",
            "LET T <= timeline_add(timeline='All', name='Doors', notebook_id=N, key='When', query={"
                + " SELECT timestamp(epoch=5) AS When FROM scope() })",
            "LET O <= org_create(name='Shop', org_id='O1')",
            "LET P <= user_create(user='ann', roles='reader', orgs='O1')",
            "LET S <= secret_add(name='mail', type='SMTP Creds', secret=dict(server='s'))",
            "LET I <= inventory_add(tool='Knife', url='https://example.com/k')",
            "LET E <= send_event(artifact='System.Upload.Completion', client_id='C.1', row=dict(X=1))",
            "LET V <= SELECT * FROM delete_events(client_id='C.2',"
                + " artifact='System.Upload.Completion', start_time=0, really_do_it=TRUE)",
            "LET X <= add_client_monitoring(artifact='Generic.Client.Stats')",
            "SELECT * FROM query(query={ SELECT client_create(client_id='C.3') FROM scope() },"
                + " org_id='O1')"));

    assertThat(run("run", "all.vql", "--store", "s").status()).isZero();
    assertThat(run("store", "show", "s").out().lines().map(line -> line.strip().split(" +")[1]))
        .contains(
            "cells",
            "cells.size",
            "clients",
            "events",
            "events_removed",
            "flow_order",
            "flow_order.next",
            "flows",
            "flows_removed",
            "grants",
            "hunt_clients",
            "hunts",
            "ids",
            "index",
            "metadata",
            "notebooks",
            "org/O1/clients",
            "orgs",
            "removed_labels",
            "secrets",
            "stale",
            "tables",
            "tasks",
            "timeline_events",
            "timelines",
            "tools",
            "users");
    assertThat(run("store", "export", "s", "--output", "lines.jsonl").status()).isZero();
    assertThat(run("store", "import", "t", "lines.jsonl").out()).endsWith("entries added\n");
    assertThat(run("store", "export", "t").out())
        .isEqualTo(Files.readString(directory.resolve("lines.jsonl")));
  }

  @Test
  void aStoreKeepsNothingOfADeletedClientButThatItWasDeleted() throws IOException {
    write(
        "p.vql",
        String.join(
            "\n",
            "LET C <= client_create(os='linux', hostname='one', client_id='C.1')",
            "LET L <= label(client_id='C.1', labels=['A', 'B'], op='set')",
            "LET R <= label(client_id='C.1', labels='B', op='remove')",
            "LET M <= client_set_metadata(client_id='C.1', metadata=dict(a=1))",
            "LET F <= collect_client(client_id='C.1', artifacts='Generic.Client.Info')",
            "LET H <= hunt(artifacts='Generic.Client.Info')",
            "LET A <= hunt_add(hunt_id=H.HuntId, client_id='C.1')",
            "LET E <= send_event(artifact='System.Upload.Completion', client_id='C.1', row=dict(X=1))",
            "SELECT * FROM client_delete(client_id='C.1', really_do_it=TRUE)"));

    assertThat(run("run", "p.vql", "--store", "s").status()).isZero();

    assertThat(
            run("store", "export", "s")
                .out()
                .lines()
                .filter(line -> line.contains("C.1"))
                // What the server itself noted.
                .filter(line -> !line.contains("\"key\":\"server\\n")))
        // Hunts keep who took part in them.
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("{\"table\":\"clients_removed\",\"key\":\"C.1\",\"value\":true}"),
            line -> assertThat(line).startsWith("{\"table\":\"hunt_clients\",\"key\":\"H."));
  }

  @Test
  void versionsOfARuleAreComparedAndExplained() throws IOException {
    write("new.yaml", RULE.replace("Tux", "Penguin"));

    assertThat(run("diff", "rule.yaml", "new.yaml", "--fleet", "fleet").out())
        .contains("C.0000000000000001")
        .contains("Penguin");
    assertThat(run("diff", "rule.yaml", "rule.yaml", "--fleet", "fleet", "--exit-status").status())
        .isZero();
    assertThat(run("why", "C.0000000000000001", "Tux", "rule.yaml", "--fleet", "fleet").out())
        .contains("has the label \"Tux\"");
  }

  @Test
  void expectationsAreTested() throws IOException {
    write("fleet/expect/labels.jsonl", "");
    assertThat(run("test", "fleet").out()).endsWith("1 test, 0 failed\n");

    write(
        "fleet/expect/labels.jsonl",
        "{\"client_id\":\"C.0000000000000001\",\"labels\":[\"Tux\"]}\n");
    Run failed = run("test", "fleet", "--junit", "report.xml");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).contains("FAIL ").endsWith("1 test, 1 failed\n");
    assertThat(directory.resolve("report.xml")).content().contains("<testsuite");
    assertThat(run("test", "nowhere").status()).isEqualTo(2);
  }
}
