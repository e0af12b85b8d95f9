package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.cli.command.Option;

class QueryCommandTest {
  @TempDir Path directory;

  @Test
  void rowsAreAnArrayForEachSelect() {
    assertThat(Run.of("query", "SELECT 1 AS X FROM scope() SELECT 2 AS Y FROM scope()"))
        .isEqualTo(new Run(0, "[\n {\n  \"X\": 1\n }\n]\n[\n {\n  \"Y\": 2\n }\n]\n", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jsonl | {\"A\":0,\"B\":\"x\"}~{\"A\":1,\"B\":\"x\"}~",
        "csv   | A,B~0,x~1,x~",
        "table | A  B~─  ─~0  x~1  x~"
      })
  void formats(String format, String expected) {
    String query = "SELECT _value AS A, 'x' AS B FROM range(end=2)";

    assertThat(Run.of("query", "--format", format, query).out())
        .isEqualTo(expected.replace('~', '\n'));
  }

  @Test
  void variablesAreStringsOrJson() {
    Run run =
        Run.of(
            "query",
            "--format=jsonl",
            "--env",
            "A=1=2",
            "--arg_json",
            "B=[1,{\"c\":null}]",
            "SELECT A, B FROM scope()");

    assertThat(run.out()).isEqualTo("{\"A\":\"1=2\",\"B\":[1,{\"c\":null}]}\n");
  }

  @Test
  void severalTextsShareAScope() {
    assertThat(Run.of("query", "--format=jsonl", "LET A = 5", "SELECT A FROM scope()").out())
        .isEqualTo("{\"A\":5}\n");
  }

  @Test
  void rowsAreLimitedForEachSelect() {
    assertThat(Run.of("query", "--format=csv", "--limit", "2", "SELECT * FROM range(end=9)").out())
        .isEqualTo("_value\n0\n1\n");
  }

  @Test
  void aSyntaxErrorNamesThePlaceAndShowsTheLine() throws IOException {
    Files.writeString(directory.resolve("a.vql"), "LET X = 1\nSELECT * FORM info()");

    Run run = Run.in(directory, "", "query", "-f", "a.vql");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("vql: a.vql:2:").contains("SELECT * FORM info()\n");
  }

  @Test
  void nothingRunsWhenOneTextIsWrong() {
    Run run = Run.of("query", "SELECT 1 AS X FROM scope()", "SELECT");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anErrorInTheLogShowsInTheStatus() {
    Run run = Run.of("query", "--format=jsonl", "SELECT nothing FROM scope()");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("{\"nothing\":null}\n");
    assertThat(run.err()).contains("Symbol nothing not found").endsWith(" (query:1:8)\n");
  }

  @Test
  void noRowShowsInTheStatusWhenAskedFor() {
    String none = "SELECT * FROM range(end=0)";
    assertThat(Run.of("query", none)).isEqualTo(new Run(0, "[]\n", ""));
    assertThat(Run.of("query", "--exit-status", none).status()).isEqualTo(1);
    assertThat(Run.of("query", "--exit-status", "SELECT 1 FROM scope()").status()).isZero();
  }

  @Test
  void statisticsAreTold() {
    assertThat(Run.of("query", "--stats", "SELECT 1 FROM scope()").err())
        .matches("1 rows in \\d+ ms\n");
  }

  @Test
  void standardInputIsADash() {
    assertThat(
            Run.in(directory, "SELECT 1 AS A FROM scope()", "query", "-", "--format=jsonl").out())
        .isEqualTo("{\"A\":1}\n");
  }

  @Test
  void rowsGoToAFile() throws IOException {
    Run run = Run.in(directory, "", "query", "--output", "o.json", "SELECT 1 AS A FROM scope()");

    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(directory.resolve("o.json")).hasContent("[\n {\n  \"A\": 1\n }\n]\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--env novalue                   | --env takes NAME=VALUE, not 'novalue'",
        "--arg-json A={                  | --arg-json A is no JSON:",
        "--timeout soon                  | --timeout takes a whole number of at least 0, not 'soon'",
        "--format xml                    | --format is one of json, jsonl, csv or table, not 'xml'",
        "--output /nowhere/at/all.json   | cannot write /nowhere/at/all.json: no such directory",
        "--definitions /nowhere          | cannot read /nowhere: no such directory",
        "-f                              | cannot read SELECT 1 FROM scope(): no such file"
      })
  void wrongUsageIsOneSentence(String options, String message) {
    String[] words = ("query " + options).split(" ");
    String[] all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = "SELECT 1 FROM scope()";

    Run run = Run.of(all);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("vql: " + message);
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void effectsNeedPermission() {
    Run run = Run.of("query", "--profile", "bare", "SELECT len(list='abc') AS L FROM scope()");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("\"L\": 3");
  }

  @Test
  void filesAreReadAnywhereAndEffectsNeedToBeAllowed() throws IOException {
    Files.writeString(directory.resolve("in"), "x");
    Path work = Files.createDirectory(directory.resolve("work"));
    String query =
        "SELECT copy(filename='"
            + directory.resolve("in")
            + "', dest='out') AS A,"
            + " read_file(filename='"
            + directory.resolve("in")
            + "') AS B,"
            + " environ(var='NONE') AS C FROM scope()";
    query = query.replace("dest='out'", "dest='" + directory.resolve("out") + "'");

    Run refused = Run.in(work, "", "query", "--format", "jsonl", query);
    assertThat(refused.out()).isEqualTo("{\"A\":null,\"B\":\"x\",\"C\":\"\"}\n");
    assertThat(refused.err()).contains("copy: Permission denied: the effect write on ");
    assertThat(Run.in(work, "", "query", "--allow", "mail", query).err()).contains("denied");
    assertThat(directory.resolve("out")).doesNotExist();

    Run allowed = Run.in(work, "", "query", "--allow", "write", "--allow", "environment", query);
    assertThat(allowed.err()).doesNotContain("denied").doesNotContain("internal error");
    assertThat(directory.resolve("out")).hasContent("x");
    assertThat(Run.in(work, "", "query", "--allow", "magic", query).status()).isEqualTo(2);
  }

  @Test
  void programsRunOnlyWhereItIsAllowed() {
    Path marker = directory.resolve("marker");
    String query = "SELECT ReturnCode FROM execve(argv=['touch', '" + marker + "'])";
    Run refused = Run.of("query", query);
    assertThat(refused.out()).isEqualTo("[]\n");
    assertThat(refused.err()).contains("execve: Permission denied");
    assertThat(marker).doesNotExist();
    assertThat(Run.of("query", "--format", "jsonl", "--allow", "execve", query).out())
        .isEqualTo("{\"ReturnCode\":0}\n");
    assertThat(marker).exists();
  }

  @Test
  void everyEffectCanBeAllowed() {
    Option allow =
        new QueryCommand()
            .spec().options().stream()
                .filter(option -> option.name().equals("allow"))
                .findFirst()
                .orElseThrow();
    for (String effect : allow.choices()) {
      assertThat(Run.of("query", "--allow", effect, "SELECT 1 AS X FROM scope()").status())
          .as(effect)
          .isZero();
    }
  }
}
