package org.minivql.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Golden files that were never seen before are run as well: what fails is said, the rest goes on.
 */
class GoldenCasesTest {
  @TempDir Path folder;

  private List<GoldenCases.Outcome> run(String testCase) throws IOException {
    Path golden = folder.resolve("golden");
    Files.createDirectories(golden.resolve("cases"));
    Files.writeString(golden.resolve("cases/new.json"), testCase);
    return GoldenCases.runAll(golden);
  }

  @Test
  void statementsShareTheirDefinitionsAndParameters() throws IOException {
    List<GoldenCases.Outcome> outcomes =
        run(
            """
            {"id": "golden-new", "env": {"P": "x"}, "tags": ["never-heard-of"], "statements": [
              {"type": "LAZY_LET", "query": "LET A = P + srcDir", "tags": ["portable"]},
              {"query": "SELECT A =~ '^x/' AS B FROM scope()", "rows": [{"B": true}],
               "tags": ["needs-files:none.txt", "some-files-missing"], "unknown": {}},
              {"query": "SELECT FROM", "rows": [], "tags": ["portable"]},
              {"query": "SELECT 1 AS B FROM nothing()", "rows": [{"B": 1}], "tags": ["portable"]},
              {"query": "SELECT 2 AS C FROM scope()", "rows": [{"C": 2.0}]}]}
            """);
    assertThat(outcomes).extracting(GoldenCases.Outcome::id).first().isEqualTo("golden-new/0");
    assertThat(outcomes.stream().map(outcome -> outcome.reason() == null).toList())
        .containsExactly(true, true, false, false, true);
    assertThat(outcomes.get(1).tagged("needs-files")).isTrue();
  }

  @Test
  void orderAndHiddenValuesFollowTheTags() throws IOException {
    List<GoldenCases.Outcome> outcomes =
        run(
            """
            {"id": "golden-new", "env": {}, "tags": ["redacted"], "ordered": false, "statements": [
              {"query": "SELECT _value AS Size FROM range(end=2)",
               "rows": [{"Size": "<redacted>"}, {"Size": "<redacted>"}]},
              {"query": "SELECT srcDir + '/a' AS P FROM scope()", "rows": [{"P": "<srcDir>/a"}]},
              {"query": "SELECT _value AS V FROM range(end=2)", "rows": [{"V": 1}, {"V": 0}]}]}
            """);
    assertThat(outcomes).allMatch(outcome -> outcome.reason() == null);
  }

  @Test
  void timeIsMockedForTheServerAndUntilTheFileEnds() throws IOException {
    assumeThat(Cases.shared().filter(dir -> Files.isDirectory(dir.resolve("data/datastore"))))
        .isPresent();
    String create =
        """
            {"query": "SELECT client_info(client_id=client_create(client_id='C.%s').client_id).first_seen_at
                       AS Seen FROM scope()", "rows": [{"Seen": %d}]}"""
            .replaceAll("\\n *", " ");
    String mock = "{\"query\": \"LET T <= mock_time(now=1800000000)\", \"rows\": []},";
    String file = "{\"id\": \"golden-new\", \"env\": {}, \"statements\": [%s]}";
    for (String statements :
        List.of(
            mock + create.formatted("a1a1a1a1a1a1a1a1", 1_800_000_000L),
            create.formatted("b2b2b2b2b2b2b2b2", 1_590_938_885L))) {
      assertThat(run(file.formatted(statements)))
          .allSatisfy(outcome -> assertThat(outcome.reason()).isNull());
    }
  }
}
