package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  private static final String ARTIFACT =
      """
      name: Custom.Test.Greeting
      parameters:
        - name: Whom
          default: nobody
      sources:
        - query: |
            SELECT "Hello " + Whom AS Text FROM scope()
      """;

  @TempDir Path directory;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(directory.resolve("a.vql"), "LET A = 5");
    Files.writeString(directory.resolve("b.vql"), "SELECT A FROM scope()");
    Files.createDirectories(directory.resolve("artifacts/deep"));
    Files.writeString(directory.resolve("artifacts/deep/greeting.yaml"), ARTIFACT);
  }

  private Run run(String... words) {
    return Run.in(directory, "", words);
  }

  @Test
  void eventsThatWereCapturedAreReplayedThroughSigmaRules() throws IOException {
    Run captured =
        run(
            "query",
            "--format=jsonl",
            "SELECT _value AS EventID, 'ann' AS User FROM range(start=1101, end=1104)");
    Files.writeString(directory.resolve("events.jsonl"), captured.out());
    Files.writeString(
        directory.resolve("replay.vql"),
        """
        SELECT _Rule.Title AS Title, EventID FROM sigma(
          rules='''title: Log cleared
        logsource: {product: windows, service: security}
        detection: {cleared: {EventID: 1102, User|startswith: a}, condition: cleared}
        ''',
          log_sources=sigma_log_sources(`*/windows/security`={
            SELECT * FROM parse_jsonl(filename='EVENTS') }),
          field_mapping=dict(EventID="x=>x.EventID", User="x=>x.User"))
        """
            .replace("EVENTS", directory.resolve("events.jsonl").toString()));

    assertThat(captured.out().lines()).hasSize(3);
    assertThat(run("run", "--format=jsonl", "replay.vql").out())
        .isEqualTo("{\"Title\":\"Log cleared\",\"EventID\":1102}\n");
  }

  @Test
  void programsShareAScope() {
    assertThat(run("run", "--format=jsonl", "a.vql", "b.vql").out()).isEqualTo("{\"A\":5}\n");
  }

  @Test
  void anArtifactRunsWithItsParameters() {
    String file = "artifacts/deep/greeting.yaml";

    assertThat(run("run", "--format=jsonl", file).out()).contains("\"Text\":\"Hello nobody\"");
    assertThat(run("run", "--format=jsonl", "--env", "Whom=you", file).out())
        .contains("\"Text\":\"Hello you\"");
  }

  @Test
  void aProgramCallsArtifactsOfAFolder() throws IOException {
    Files.writeString(
        directory.resolve("c.vql"), "SELECT Text FROM Artifact.Custom.Test.Greeting(Whom='x')");

    assertThat(run("run", "--format=jsonl", "-D", "artifacts", "c.vql").out())
        .isEqualTo("{\"Text\":\"Hello x\"}\n");
    assertThat(run("run", "c.vql").err()).contains("Custom.Test.Greeting not found");
  }

  @Test
  void theLogNamesFileLineAndColumn() throws IOException {
    Files.writeString(directory.resolve("d.vql"), "SELECT 1 AS A,\n upcase() AS B FROM scope()");

    assertThat(run("run", "d.vql").err())
        .isEqualTo("upcase: Field string is required [E-ARGUMENT] (d.vql:2:2)\n");
  }

  @Test
  void aMalformedArtifactNamesThePlaceAndShowsTheLine() throws IOException {
    Files.writeString(
        directory.resolve("bad.yaml"),
        "name: Custom.Bad\nsources:\n  - query: |\n      SELECT * FORM info()\n");

    Run run = run("run", "bad.yaml");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("bad.yaml:4:").contains("SELECT * FORM info()\n");
  }

  @Test
  void anUnknownFileIsOneSentence() {
    assertThat(run("run", "missing.vql"))
        .isEqualTo(new Run(2, "", "vql: cannot read missing.vql: no such file [E-FILE]\n"));
    assertThat(run("run", "artifacts"))
        .isEqualTo(new Run(2, "", "vql: cannot read artifacts: it is a directory [E-FILE]\n"));
  }
}
