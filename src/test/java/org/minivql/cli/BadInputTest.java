package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and fleets that are wrong, and every word that is said about them. */
class BadInputTest {
  private static final String SERVERS =
      Path.of("queries/artifacts/Custom.Automation.LabelServers.yaml").toAbsolutePath().toString();

  @TempDir Path directory;

  @BeforeEach
  void fleet() throws IOException {
    write("fleet/fleet.yaml", "clock_start: 1600000000\n");
    write("fleet/clients.jsonl", "{\"client_id\":\"C.1\",\"hostname\":\"one\"}\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void rule(String name, String query) throws IOException {
    write(
        name + ".yaml",
        "name: " + name + "\ntype: SERVER_EVENT\nsources:\n  - query: |\n" + query.indent(6));
  }

  private Run run(String... words) {
    return Run.in(directory, "", words);
  }

  @Test
  void aRuleThatDoesNotParse() throws IOException {
    rule("Bad", "SELECT * FROM WHERE x");

    assertThat(run("plan", "Bad.yaml", "--fleet", "fleet"))
        .isEqualTo(
            new Run(
                2,
                "",
                """
                vql: Bad.yaml:5:21: While parsing source query SELECT * FROM WHERE x: 1:15: \
                unexpected "WHERE" (a word of the language; as a name it needs backticks: `WHERE`) \
                [E-SYNTAX]
                      SELECT * FROM WHERE x
                                    ^
                """));
  }

  @Test
  void aRuleOfTheFleetThatDoesNotParse() throws IOException {
    write(
        "fleet/artifacts/Bad.yaml",
        "name: Bad\ntype: SERVER_EVENT\nsources:\n  - query: SELECT * FROM WHERE x\n");
    write("fleet/tables/server.yaml", "artifacts: [Bad]\n");

    Run run = run("plan", "--fleet", "fleet");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(
            "Warning W-NO-QUERY (Bad): The server event table lists this artifact, but it has no"
                + " query that can run. Run vql fleet check");
    String problem = "fleet/artifacts/Bad.yaml:4:26: not run, because it does not parse: While";
    assertThat(run.err()).contains(problem);
    assertThat(run("why", "C.1", "x", "--fleet", "fleet").out())
        .contains(
            "\nBad\n  ! it has no query that can run; vql fleet check says what does not parse\n");
    Run check = run("fleet", "check", "fleet");
    assertThat(check.status()).isEqualTo(1);
    assertThat(check.out() + check.err()).contains(problem);
  }

  @Test
  void anArtifactOfTheTableThatIsNotThere() throws IOException {
    write("fleet/tables/server.yaml", "artifacts: [No.Such]\n");
    write("fleet/expect/labels.jsonl", "{\"client_id\":\"C.1\",\"labels\":[\"x\"]}\n");

    assertThat(run("plan", "--fleet", "fleet"))
        .isEqualTo(
            new Run(
                0,
                """
                No changes.

                No rule runs: none was named, and the server event table lists none that is known.
                0 of 1 client with other labels than before; 0 changes, 0 effective; 0 events
                Warning W-UNKNOWN-ARTIFACT (No.Such): The server event table lists this artifact, \
                but nothing defines it: it is skipped. Add its definition to the fleet, or correct \
                the name in the table.
                """,
                ""));
    assertThat(run("why", "C.1", "x", "--fleet", "fleet").out())
        .contains(
            "\nNo.Such\n"
                + "  ! the server event table lists it, but nothing defines it: it is skipped\n");
    assertThat(run("fleet", "check", "fleet"))
        .isEqualTo(
            new Run(
                1, "the server event table lists an artifact that is not known: No.Such\n", ""));
    Run test = run("test", "fleet");
    assertThat(test.status()).isEqualTo(1);
    assertThat(test.out()).endsWith("1 test, 1 failed\n");
  }

  @Test
  void aQueueThatIsNotThere() throws IOException {
    rule("Lost", "SELECT * FROM watch_monitoring(artifact=\"No.Such.Queue\")");

    assertThat(run("plan", "Lost.yaml", "--fleet", "fleet"))
        .isEqualTo(
            new Run(
                1,
                """
                No changes.

                Rule Lost: 0 events seen, 0 matched, 0 rows, 0 errors
                  Artifact No.Such.Queue not known
                0 of 1 client with other labels than before; 0 changes, 0 effective; 0 events
                Warning Q-36 (Lost): The query came to an end, and a server does not start it \
                again. Read from an event plugin that does not end, and leave out LIMIT.
                Warning W-UNUSED-RULE (Lost): The queue of this rule had no event. Check the name \
                in watch_monitoring().
                """,
                ""));
  }

  @Test
  void aRuleThatMayNotLabel() throws IOException {
    flow(NAMED);
    write(
        "fleet/fleet.yaml", "clock_start: 2026-03-01T00:00:00Z\nprincipal: kim\nroles: [reader]\n");
    rule(
        "Kim",
        "SELECT label(client_id=ClientId, labels=\"x\", op=\"set\") AS L FROM"
            + " watch_monitoring(artifact=\"System.Flow.Completion\")");
    String refusal = "label: PermissionDenied: Permission denied: [LABEL_CLIENT]";

    assertThat(run("plan", "Kim.yaml", "--fleet", "fleet").out())
        .contains("1 matched, 1 row, 0 errors\n  " + refusal + "\n");
    assertThat(run("why", "C.1", "x", "Kim.yaml", "--fleet", "fleet").out())
        .contains(
            "a row came out, but nothing of this client was changed: {\"L\":null}\n"
                + "  ! a call failed: "
                + refusal
                + "\n");
  }

  private void flow(String context) throws IOException {
    write("fleet/flows/C.1/F.1/context.json", context);
  }

  private static final String NAMED =
      "{\"artifacts_with_results\":[\"Generic.Client.Info/BasicInformation\"]}";

  @Test
  void anArtifactThatIsCalledAndNotThere() throws IOException {
    flow(NAMED);
    rule(
        "Caller",
        "SELECT * FROM foreach(\n"
            + "  row={ SELECT * FROM watch_monitoring(artifact=\"System.Flow.Completion\") },\n"
            + "  query={ SELECT * FROM Artifact.No.Such() })");

    assertThat(run("plan", "Caller.yaml", "--fleet", "fleet"))
        .isEqualTo(
            new Run(
                1,
                """
                No changes.

                Rule Caller: 1 event seen, 1 matched, 0 rows, 0 errors
                  Artifact No.Such not found
                0 of 1 client with other labels than before; 0 changes, 0 effective; 1 event
                Warning W-NO-ROWS (Caller): 1 event passed the condition but gave no row. Ask vql \
                why about a client that should have been found.
                """,
                ""));
  }

  @Test
  void resultsThatAreMissing() throws IOException {
    flow(NAMED);

    assertThat(run("plan", SERVERS, "--fleet", "fleet"))
        .isEqualTo(
            new Run(
                0,
                """
                No changes.

                Rule Custom.Automation.LabelServers: 1 event seen, 1 matched, 0 rows, 0 errors
                0 of 1 client with other labels than before; 0 changes, 0 effective; 1 event
                Warning Q-20 (Custom.Automation.LabelServers, C.1): \
                source(artifact="Generic.Client.Info/BasicInformation") read 0 rows because flow \
                F.1 names these results, but they are not there. Compare the name with the \
                event's Flow.artifacts_with_results.
                Warning W-NO-ROWS (Custom.Automation.LabelServers): 1 event passed the condition \
                but gave no row. Ask vql why about a client that should have been found.
                """,
                ""));
    assertThat(run("why", "C.1", "Server", SERVERS, "--fleet", "fleet").out())
        .endsWith(
            "  ! source(artifact=\"Generic.Client.Info/BasicInformation\") read 0 rows because flow"
                + " F.1 names these results, but they are not there; see Q-20\n");
    assertThat(run("fleet", "check", "fleet"))
        .isEqualTo(
            new Run(
                1,
                "flow F.1 of C.1: there are no rows of Generic.Client.Info/BasicInformation\n",
                ""));
  }

  @Test
  void recordsThatContradictEachOther() throws IOException {
    write(
        "fleet/clients.jsonl",
        "{\"client_id\":\"C.1\",\"labels\":[\"a\",\"A\"]}\n{\"client_id\":\"C.1\"}\n");
    flow(
        "{\"client_id\":\"C.2\",\"session_id\":\"F.9\",\"start_time\":1700000000000000,"
            + "\"active_time\":1600000000000000,\"artifacts_with_results\":[]}");
    write("fleet/flows/C.1/F.1/results/Generic.Client.Info%2FUsers.jsonl", "{\"Name\":\"root\"}\n");

    assertThat(run("fleet", "check", "fleet"))
        .isEqualTo(
            new Run(
                1,
                """
                client C.1 has the label A twice
                client C.1 is there twice; the last one counts
                flow F.1 of C.1: its context names the client C.2
                flow F.1 of C.1: its context names the flow F.9
                flow F.1 of C.1: it ended before it began
                flow F.1 of C.1: there are rows of Generic.Client.Info/Users, which its context \
                does not name
                """,
                ""));
    Run plan = run("plan", SERVERS, "--fleet", "fleet");
    assertThat(plan.status()).isZero();
    assertThat(plan.out())
        .contains(
            "Warning W-TWICE (C.1): There is more than one record of C.1; the last one counts. Run"
                + " vql fleet check to see all of them, and keep one of each.\n");
  }

  @Test
  void aLabelOfTenMegabytes() throws IOException {
    String label = "x".repeat(10_000_000);
    write(
        "fleet/script.jsonl",
        "{\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"" + label + "\"]}\n");
    rule(
        "Long",
        "SELECT label(client_id=client_id, labels=\"y\" * 10000000, op=\"set\") AS L\n"
            + "FROM watch_monitoring(artifact=\"Server.Internal.Label\")\n"
            + "WHERE Label =~ \"^x\"");

    Run run = run("plan", "Long.yaml", "--fleet", "fleet");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .hasSizeLessThan(5000)
        .contains("+" + "x".repeat(200) + "… (10000000 characters)")
        .contains("  +" + "y".repeat(200) + "… (10000000 characters): 1 client\n")
        .contains("1 of 1 client with other labels than before; 2 changes, 2 effective");
    Run json = run("plan", "Long.yaml", "--fleet", "fleet", "--format", "json");
    assertThat(json.out().contains("\"value\": \"" + label + "\"")).isTrue();
  }

  @Test
  void rulesThatLabelForEachOther() throws IOException {
    write(
        "fleet/script.jsonl",
        "{\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"Ping\"]}\n"
            + "{\"do\":\"advance\",\"seconds\":5}\n"
            + "{\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"After\"]}\n");
    String watch =
        " AS L\nFROM watch_monitoring(artifact=\"Server.Internal.Label\")\nWHERE Label = ";
    rule(
        "Ping",
        "SELECT label(client_id=client_id, labels=\"Ping\", op=\"set\")" + watch + "\"Pong\"");
    rule(
        "Pong",
        "SELECT label(client_id=client_id, labels=\"Pong\", op=\"set\")" + watch + "\"Ping\"");

    Run run = run("plan", "Ping.yaml", "Pong.yaml", "--fleet", "fleet");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("  +After: 1 client\n  +Ping: 1 client\n  +Pong: 1 client\n")
        .contains(
            "Rules trigger each other: Ping -> Server.Internal.Label -> Pong ->"
                + " Server.Internal.Label -> Ping. Let one of the rules check whether there is"
                + " anything to do.\n");
    assertThat(run.out().lines().filter(line -> line.startsWith("Warning W-LOOP"))).hasSize(2);
    assertThat(run.out().lines().filter(line -> line.contains("(no effect)"))).hasSize(6);
    assertThat(run.out()).containsPattern("… and \\d+ more changes without effect that repeat");
    String why = run("why", "C.1", "Ping", "Ping.yaml", "Pong.yaml", "--fleet", "fleet").out();
    assertThat(why).containsPattern("… and \\d+ more events with the same outcome\n$");
    assertThat(why.lines().count()).isLessThan(100);
    assertThat(run("plan", "Ping.yaml", "Pong.yaml", "--fleet", "fleet")).isEqualTo(run);
  }
}
