package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsCommandTest {
  private static final String ONE =
      """
      name: Custom.One
      parameters:
        - name: First
          default: none
      sources:
        - name: A
          query: |
            SELECT   First FROM scope()
        - name: B
          query: SELECT 2 AS Second FROM scope()
      """;

  @TempDir Path directory;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("one.yaml"), ONE);
    Files.writeString(directory.resolve("other.yaml"), "key: value\n");
  }

  private Run vql(String... words) {
    return Run.in(directory, "", words);
  }

  @Test
  void sourcesAreCollectedWithTheirParameters() {
    Run run =
        vql(
            "artifacts",
            "collect",
            "-D.",
            "--args",
            "First=a \"b\" \\c",
            "--format=jsonl",
            "Custom.One");

    assertThat(run)
        .isEqualTo(
            new Run(
                0,
                "{\"First\":\"a \\\"b\\\" \\\\c\",\"_Source\":\"Custom.One/A\"}\n"
                    + "{\"Second\":2,\"_Source\":\"Custom.One/B\"}\n",
                ""));
    assertThat(vql("artifacts", "collect", "-D", ".", "--format", "jsonl", "Custom.One").out())
        .contains("{\"First\":\"none\",");
  }

  @Test
  void whatIsCollectedGoesIntoAnArchive() {
    Run run =
        vql("artifacts", "collect", "-D.", "--format=jsonl", "--output", "box.zip", "Custom.One");

    String box = directory.resolve("box.zip").toAbsolutePath().toString();
    assertThat(run).isEqualTo(new Run(0, "{\"Container\":\"" + box + "\",\"Error\":null}\n", ""));
    assertThat(
            vql(
                    "query",
                    "--format=jsonl",
                    "SELECT * FROM foreach(row={ SELECT OSPath FROM glob(accessor='zip',"
                        + " globs='/results/*B.json', root=pathspec(DelegatePath='"
                        + box
                        + "', Path='/'))"
                        + " }, query={ SELECT Second FROM parse_jsonl(accessor='zip', filename=OSPath)"
                        + " })")
                .out())
        .isEqualTo("{\"Second\":2}\n");
  }

  @Test
  void wrongNamesAreGuessed() {
    assertThat(vql("artifacts", "collect", "-D", ".", "Custom.On"))
        .isEqualTo(
            new Run(
                2,
                "",
                "vql: no artifact is called Custom.On; did you mean Custom.One? [E-ARTIFACT]\n"));
    assertThat(vql("artifacts", "collect", "-D", ".", "--args", "Frist=1", "Custom.One"))
        .isEqualTo(
            new Run(
                2,
                "",
                "vql: --args: no parameter is called Frist; did you mean First? [E-USAGE]\n"));
    assertThat(vql("artifacts", "collect", "-D", ".", "--args", "First", "Custom.One").err())
        .isEqualTo("vql: --args takes NAME=VALUE, not 'First' [E-USAGE]\n");
  }

  @Test
  void patternsAreThoseOfTheLanguage() {
    assertThat(vql("artifacts", "list", "-D", ".", "^custom.o")).isEqualTo(listed("Custom.One"));
    assertThat(vql("artifacts", "list", "-D", ".", "^Custom\\pL")).isEqualTo(new Run(0, "", ""));
    assertThat(vql("artifacts", "list", "(?<=x)"))
        .isEqualTo(
            new Run(
                2,
                "",
                "vql: not a pattern: error parsing regexp: invalid named capture:"
                    + " `(?<=x)` [E-REGEX]\n"));
    assertThat(vql("artifacts", "list", "(x{1000}){1000}").err())
        .startsWith("vql: not a pattern: ")
        .hasLineCount(1);
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aHostilePatternIsMatchedInTime() throws IOException {
    String name = "Custom." + "a".repeat(40) + "b";
    Files.writeString(directory.resolve("long.yaml"), ONE.replace("Custom.One", name));
    assertThat(vql("artifacts", "list", "-D", ".", "Custom.(a+)+$")).isEqualTo(new Run(0, "", ""));
    assertThat(vql("artifacts", "list", "-D", ".", "Custom.(a+)+b")).isEqualTo(listed(name));
  }

  private static Run listed(String name) {
    return new Run(0, name + "\n", "");
  }

  @Test
  void definitionsAreLaidOutInPlace() throws IOException {
    String expected =
        ONE.replace("SELECT   First FROM scope()", "SELECT First\n      FROM scope()");
    assertThat(vql("artifacts", "reformat", "--dry", ".").out()).isEqualTo(expected);
    assertThat(directory.resolve("one.yaml")).hasContent(ONE);

    assertThat(vql("artifacts", "reformat", ".")).isEqualTo(new Run(0, "one.yaml\n", ""));
    assertThat(directory.resolve("one.yaml")).hasContent(expected);
    assertThat(directory.resolve("other.yaml")).hasContent("key: value\n");
    assertThat(vql("artifacts", "reformat", ".")).isEqualTo(new Run(0, "", ""));
  }

  @Test
  void whatIsNoDefinitionIsRefusedBeforeAnythingIsWritten() throws IOException {
    Files.writeString(
        directory.resolve("bad.yaml"), "name: Bad\nsources:\n- query: |\n    SELECT\n");
    Run run = vql("artifacts", "reformat", ".");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vql: bad.yaml");
    assertThat(directory.resolve("one.yaml")).hasContent(ONE);
  }
}
