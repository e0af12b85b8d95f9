package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Dict;

class VerifyCommandTest {
  @TempDir Path directory;

  private Run verify(String file, String text, String... options) throws IOException {
    Files.writeString(directory.resolve(file), text);
    String[] words = new String[options.length + 2];
    words[0] = "verify";
    words[1] = file;
    System.arraycopy(options, 0, words, 2, options.length);
    return Run.in(directory, "", words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM foreech(row=1) | 1:15: error: there is no plugin foreech(); did you mean foreach? [unknown-plugin]",
        "SELECT lenn(list=1) FROM scope() | 1:8: error: there is no function lenn(); did you mean len? [unknown-function]",
        "SELECT foreach(row=1) FROM scope() | 1:8: error: there is no function foreach(); there is a plugin of that name, which stands after FROM [unknown-function]",
        "SELECT * FROM len(list=1) | 1:15: error: there is no plugin len(); there is a function of that name [unknown-plugin]",
        "SELECT len(lst=1) FROM scope() | 1:12: error: len() has no argument lst; did you mean list? [invalid-arg]",
        "SELECT * FROM range(start=1) | 1:15: error: range() needs the argument end [required-arg-missing]",
        "SELECT * FROM range(end='x') | 1:21: error: argument end of range() needs a number, not a string [wrong-type]",
        "SELECT * FROM Artifact.No.Such() | 1:15: error: there is no artifact No.Such [unknown-artifact]",
        "LET F(a)=a SELECT F(b=1) FROM scope() | 1:21: error: F() has no argument b [invalid-arg]",
        "LET F=1 SELECT F(b=1) FROM scope() | 1:16: error: F is defined without parameters and called with arguments [call-as-function]",
        "LET Unused = 1 | 1:1: warning: Unused is defined, not used [unused-let]",
        "LET len(a) = a SELECT len(a=1) FROM scope() | 1:1: warning: the definition of len hides the function of that name [symbol-mask]",
        "SELECT * FROM clock() ORDER BY Sec | 1:32: warning: ORDER BY yields nothing while clock() goes on, and it does not end [endless-collect]",
        "SELECT label(client_id='C.1', labels='a') FROM scope() | 1:8: warning: label() without op changes nothing [label-op]",
        "SELECT label(client_id='C.1', labels='a', op='ad') FROM scope() | 1:43: warning: label() with op \"ad\" changes nothing [label-op]",
        "SELECT * FROM watch_monitoring(artifact='System.Flow.Completions') | 1:32: error: there is no artifact System.Flow.Completions; did you mean System.Flow.Completion? [unknown-artifact]",
        "SELECT * FROM source(artifact='A/B') WHERE Flow.artifacts_with_results =~ 'A/B' | 1:22: warning: the condition matches Custom.A/B, too, which source() does not read; take the name from the event [result-name]",
        "SELECT * FROM watch_monitoring(artifact='Generic.Client.Info') | 1:32: warning: Generic.Client.Info is of type CLIENT: it has no events [queue-name]"
      })
  void rules(String program, String finding) throws IOException {
    assertThat(verify("a.vql", program).out().lines()).contains("a.vql:" + finding);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LET F(x) = x + 1 LET Q = SELECT F(x=_value) AS V FROM range(end=3) SELECT * FROM Q",
        "SELECT dict(a=1, b=2) FROM scope()",
        "LET f(g) = g(a=1) SELECT f(g=1) FROM scope()",
        "SELECT len(`**`=dict(list=1)) FROM scope()",
        "SELECT * FROM NotKnownHere",
        "SELECT * FROM source(artifact='A/B') WHERE Flow.artifacts_with_results =~ '^A/B'",
        "SELECT * FROM source(artifact=Name) WHERE Flow.artifacts_with_results =~ 'A/B'",
        "LET _kept = 1",
        "SELECT * FROM clock() ORDER BY Sec LIMIT 3"
      })
  void nothingIsFoundInGoodPrograms(String program) throws IOException {
    assertThat(verify("a.vql", program))
        .isEqualTo(new Run(0, "", "0 errors and 0 warnings in 1 file\n"));
  }

  @Test
  void placesInsideOfArtifactsAreThoseOfTheFile() throws IOException {
    Run run =
        verify(
            "a.yaml",
            """
            name: Custom.Test.Rule
            type: SERVER_EVENT
            parameters:
              - name: Given
            sources:
              - query: |
                  LET X = SELECT Given, nothing(a=1)
                    FROM range(end=1)
                  SELECT * FROM X
            """);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out().lines())
        .containsExactly(
            "a.yaml:7:29: error: there is no function nothing() [unknown-function]",
            "a.yaml:9:7: warning: the query waits for nothing: an event artifact that ends is not"
                + " started again [rule-ends]");
  }

  @Test
  void whatRunsOnClientsCannotLabel() throws IOException {
    Run run =
        verify(
            "a.yaml",
            """
            name: Custom.Test.Collection
            sources:
              - query: SELECT label(client_id="C.1", labels="x", op="set") FROM scope()
            """);

    assertThat(run.out()).contains("[server-only]");
  }

  @Test
  void filesOfAFolderKnowEachOther() throws IOException {
    Files.writeString(
        directory.resolve("one.yaml"),
        "name: Custom.One\nparameters:\n  - name: P\nsources:\n"
            + "  - query: SELECT P FROM scope()\n");
    Files.writeString(directory.resolve("settings.yaml"), "clock_start: 5\n");

    Run run = verify("two.vql", "SELECT * FROM Artifact.Custom.One(Q=1)");
    assertThat(run.out()).contains("there is no artifact Custom.One");
    assertThat(Run.in(directory, "", "verify", ".").out())
        .isEqualTo(
            "two.vql:1:35: error: artifact Custom.One has no parameter Q"
                + " [unknown-parameter]\n");
  }

  @Test
  void allSyntaxErrorsAreReported() throws IOException {
    Run run = verify("a.vql", "LET X = \nLET Y = )\nSELECT X, Y FROM scope()");

    assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.endsWith("[syntax-error]"));
  }

  @Test
  void aBrokenDefinitionIsAFinding() throws IOException {
    Run run = verify("a.yaml", "name: Custom.A\ntype: NOTHING\n");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).startsWith("a.yaml:2:").contains("[artifact-error]");
  }

  @Test
  void findingsAreJsonOrSarif() throws IOException, FormatException {
    List<?> json =
        (List<?>) Json.parse(verify("a.vql", "SELECT * FROM no()", "--format", "json").out());
    assertThat(((Dict) json.get(0)).get("rule")).isEqualTo("unknown-plugin");
    assertThat(((Dict) json.get(0)).get("column")).isEqualTo(15L);

    Dict sarif =
        (Dict) Json.parse(verify("a.vql", "SELECT * FROM no()", "--format", "sarif").out());
    Dict run = (Dict) ((List<?>) sarif.get("runs")).get(0);
    Dict result = (Dict) ((List<?>) run.get("results")).get(0);
    assertThat(result.get("ruleId")).isEqualTo("unknown-plugin");
    assertThat(result.get("level")).isEqualTo("error");
    assertThat(sarif.get("version")).isEqualTo("2.1.0");
  }

  /** What readers of the format rely on. */
  @Test
  void sarifIsComplete() throws IOException, FormatException {
    Files.createDirectories(directory.resolve("a folder"));
    String name = "a folder/100% é #1.vql";
    Files.writeString(directory.resolve("x:y.vql"), "SELECT * FROM no()");
    Files.writeString(directory.resolve(name), "LET Unused = 1 SELECT * FROM no()");

    Dict sarif = (Dict) Json.parse(Run.in(directory, "", "verify", ".", "--format", "sarif").out());
    assertThat(sarif.get("$schema").toString()).endsWith("sarif-2.1.0.json");
    Dict run = (Dict) ((List<?>) sarif.get("runs")).get(0);
    Dict driver = (Dict) ((Dict) run.get("tool")).get("driver");
    assertThat(driver.get("name")).isEqualTo("vql");
    List<Object> ids = new ArrayList<>();
    for (Object rule : (List<?>) driver.get("rules")) {
      ids.add(((Dict) rule).get("id"));
      assertThat(((Dict) ((Dict) rule).get("shortDescription")).get("text").toString())
          .isNotBlank();
    }
    assertThat(ids).doesNotHaveDuplicates();
    List<Object> files = new ArrayList<>();
    for (Object found : (List<?>) run.get("results")) {
      Dict result = (Dict) found;
      assertThat(ids).contains(result.get("ruleId"));
      assertThat(result.get("level")).isIn("error", "warning", "note", "none");
      assertThat(((Dict) result.get("message")).get("text").toString()).isNotBlank();
      Dict place =
          (Dict) ((Dict) ((List<?>) result.get("locations")).get(0)).get("physicalLocation");
      Dict region = (Dict) place.get("region");
      assertThat((long) region.get("startLine")).isPositive();
      assertThat((long) region.get("startColumn")).isPositive();
      files.add(((Dict) place.get("artifactLocation")).get("uri"));
    }
    assertThat(files)
        .containsExactly(
            "a%20folder/100%25%20%C3%A9%20%231.vql",
            "a%20folder/100%25%20%C3%A9%20%231.vql", "./x:y.vql");
    for (Object uri : files) {
      URI read = URI.create(uri.toString());
      assertThat(read.isAbsolute()).isFalse();
      assertThat(directory.resolve(read.getPath())).exists();
    }
    String absolute = directory.resolve(name).toAbsolutePath().toString();
    assertThat(Run.of("verify", absolute, "--format", "sarif").out())
        .contains("\"uri\": \"file:///")
        .contains("/a%20folder/100%25%20");
  }

  @Test
  void coverageCountsWhatArtifactsLack() throws IOException, FormatException {
    Files.writeString(
        directory.resolve("a.yaml"),
        "name: Custom.A\nexport: |\n  LET Helper(x) = x\nsources:\n  - query: |\n"
            + "      SELECT Helper(x=1), eval(func='x=>pslist2(a=x)') FROM pslist(argv='x')\n");
    Files.writeString(
        directory.resolve("b.yml"),
        "name: Custom.B\nimports: [Custom.A]\nsources:\n  - query: |\n"
            + "      SELECT Helper(x=1), len(list=1) FROM Artifact.Custom.A()\n");
    Files.writeString(
        directory.resolve("more.jsonl"),
        "{\"query\":\"SELECT * FROM pslist(argv=1)\",\"where\":[{\"origin\":\"other\","
            + "\"artifact\":\"C\",\"field\":\"sources[0].query\"},{\"origin\":\"other\","
            + "\"artifact\":\"D\",\"field\":\"parameters[0].default\"}]}\nnot json\n");

    Run text = Run.in(directory, "", "verify", "--coverage", ".");
    assertThat(text.status()).isZero();
    assertThat(text.out())
        .isEqualTo(
            "definitions: 1 of 2 artifacts call only what there is\n"
                + "other: 1 of 2 artifacts call only what there is\n\n"
                + "lacking, in how many artifacts, and in how many of them alone:\n"
                + "    2     1  plugin pslist\n"
                + "    1     0  function pslist2\n");
    assertThat(text.err()).contains("more.jsonl:2: ");
    Dict json =
        (Dict)
            Json.parse(
                Run.in(directory, "", "verify", "--coverage", ".", "--format", "json").out());
    assertThat(Json.text(json.get("groups")))
        .isEqualTo(
            "[{\"name\":\"definitions\",\"artifacts\":2,\"covered\":1},"
                + "{\"name\":\"other\",\"artifacts\":2,\"covered\":1}]");
    assertThat(Json.text(json.get("uncovered"))).contains("\"artifact\":\"Custom.A\"");
  }
}
