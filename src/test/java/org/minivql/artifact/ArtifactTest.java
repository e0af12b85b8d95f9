package org.minivql.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.value.Dict;

class ArtifactTest {

  private static ArtifactException problem(String yaml) {
    return catchThrowableOfType(ArtifactException.class, () -> Artifact.parse(yaml));
  }

  @Test
  void whatIsLoadedRunsWithoutTheSourcesThatDoNotParse() {
    List<String> skipped = new ArrayList<>();
    String sources =
        "sources:\n- {name: A, precondition: SELECT 1, query: SELECT 1 FROM scope()}\n"
            + "- {name: B, query: SELECT 2 FROM scope()}\n";
    Artifact one =
        Artifact.load(
            "name: Shop\nexport: LET X = 1\n" + sources,
            e -> skipped.add(e.line() + ":" + e.column() + " " + e.getMessage()));
    Artifact whole =
        Artifact.load(
            "name: Shop\nexport: LET X\n" + sources.replace("SELECT 1,", "'',"),
            e -> skipped.add(e.line() + ":" + e.column() + " " + e.getMessage()));

    assertThat(one.sources())
        .extracting(ArtifactSource::query)
        .containsExactly("", "SELECT 2 FROM scope()");
    assertThat(one.export()).isEqualTo("LET X = 1");
    assertThat(whole.sources()).extracting(ArtifactSource::query).containsExactly("", "");
    assertThat(whole.resultNames()).containsExactly("Shop/A", "Shop/B");
    assertThat(whole.export()).isEmpty();
    assertThat(skipped).hasSize(2);
    assertThat(skipped.get(0)).startsWith("4:35 ").contains("While parsing precondition: ");
    assertThat(skipped.get(1)).startsWith("2:").contains("While parsing artifact export: ");
    assertThat(problem("name: Shop\nexport: LET X\n")).hasMessageContaining("artifact export");
  }

  @Test
  void readsAllParts() {
    Artifact artifact =
        Artifact.parse(
            """
            name: Custom.Net.Ports
            type: server_event
            reference: https://ports.example
            parameters:
              - name: Port
                type: INT
                default: 0x1F90
              - name: Kind
                choices: [tcp, udp]
            sources:
              - name: Open
                query: |
                  LET X = SELECT * FROM scope()
                  SELECT * FROM X
            resources:
              timeout: 30
            """);

    assertThat(artifact.type()).isEqualTo(ArtifactType.SERVER_EVENT);
    assertThat(artifact.definition().get("type")).isEqualTo("server_event");
    assertThat(artifact.definition().get("reference")).isEqualTo(List.of("https://ports.example"));
    assertThat(artifact.parameter("Port").defaultValue()).isEqualTo("0x1F90");
    assertThat(artifact.parameter("Port").type()).isEqualTo("int");
    assertThat(artifact.parameter("Kind").choices()).containsExactly("tcp", "udp");
    assertThat(artifact.resultNames()).containsExactly("Custom.Net.Ports/Open");
    assertThat(artifact.resources().get("timeout")).isEqualTo(30L);
    assertThat(artifact.resources().get("max_rows")).isEqualTo(0L);
  }

  @Test
  void theDefinitionShowsEveryMember() {
    Dict definition = Artifact.parse("name: A\n").definition();

    assertThat(definition.name(0)).isEqualTo("name");
    assertThat(definition.get("sources")).isEqualTo(List.of());
    assertThat(definition.get("type")).isEqualTo("client");
    assertThat(definition.get("raw")).isEqualTo("name: A\n");
    assertThat(((Dict) definition.get("metadata")).get("hidden")).isEqualTo(false);
  }

  @Test
  void reportsEveryUnknownMemberWithItsLine() {
    ArtifactException e =
        problem(
            "name: A\nsauces: []\nsources:\n  - query: SELECT * FROM scope()\n    color: red\n");

    assertThat(e)
        .hasMessage(
            "yaml: unmarshal errors:\n"
                + "  line 2: field sauces not found in type proto.Artifact\n"
                + "  line 5: field color not found in type proto.ArtifactSource");
    assertThat(e.line()).isEqualTo(2);
    assertThat(e.column()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A b | Invalid artifact name. Can only contain characters in this set 'a-zA-Z0-9_.'",
        "Custom.7zip | Invalid artifact name. Name parts can not start with a number'",
        "9.A | Invalid artifact name. Name parts can not start with a number'"
      })
  void refusesNames(String name, String message) {
    assertThat(problem("name: \"" + name + "\"\n")).hasMessage(message.replace("''", "'"));
  }

  @Test
  void refusesTypesPermissionsAndCells() {
    assertThat(problem("name: A\ntype: KLIENT\n"))
        .hasMessage("Artifact type KLIENT invalid.")
        .returns(2, ArtifactException::line)
        .returns(7, ArtifactException::column);
    assertThat(problem("name: A\nrequired_permissions: [ROOT]\n"))
        .hasMessage("Invalid artifact permission: ROOT");
    assertThat(problem("name: A\nsources:\n- notebook:\n  - type: xls\n"))
        .hasMessage("Artifact A contains an invalid notebook cell type: xls");
    assertThat(problem("name: A\nreports:\n- type: PDF\n")).hasMessage("Invalid report type PDF");
  }

  @Test
  void aSourceIsDefinitionsAndOneSelect() {
    String text = ": All Queries in a source must be LET queries, except for the final one.";
    assertThat(
            problem(
                "name: A\nsources:\n- query: |\n    SELECT 1 FROM scope()\n    SELECT 2 FROM scope()\n"))
        .hasMessage("Invalid artifact A" + text);
    assertThat(problem("name: A\nsources:\n- query: LET X = 1\n"))
        .hasMessage("Invalid artifact  A" + text);
  }

  @Test
  void preconditionsOnBothLevelsAreRefused() {
    String select = "SELECT * FROM scope()";
    assertThat(
            problem(
                "name: A\nprecondition: "
                    + select
                    + "\nsources:\n- precondition: "
                    + select
                    + "\n  query: "
                    + select
                    + "\n"))
        .hasMessage("Artifact A contains a top level precondition and a source precondition.");
  }

  @Test
  void syntaxErrorsOfAQueryArePlacedInTheDocument() {
    ArtifactException e =
        problem(
            """
            name: A
            sources:
              - name: S
                query: |
                  LET X = SELECT * FROM scope()
                  SELECT * FROM FROM X
            """);

    assertThat(e).hasMessageStartingWith("While parsing source query ");
    assertThat(e.getMessage()).contains("2:15: ");
    assertThat(e.line()).isEqualTo(6);
    assertThat(e.column()).isEqualTo(21);
  }

  @Test
  void syntaxErrorsOnOneLineArePlacedToo() {
    ArtifactException e = problem("name: A\nprecondition: SELECT * FROM FROM X\n");

    assertThat(e).hasMessageStartingWith("While parsing artifact precondition: 1:15");
    assertThat(e.line()).isEqualTo(2);
    assertThat(e.column()).isEqualTo(29);
  }

  @Test
  void slightlyWrongYamlIsRead() {
    Artifact artifact =
        Artifact.parse(
            "name: A\r\nsources:\r\n  - query:\r\n      LET X = 1 // note: one\r\n      SELECT X FROM scope()\r\n");
    assertThat(artifact.sources().get(0).query())
        .isEqualTo("LET X = 1 // note: one\nSELECT X FROM scope()\n");

    Artifact old =
        Artifact.parse(
            """
            name: A
            sources:
              - queries:
                - LET X = SELECT *
                  FROM scope() // note: all
                - SELECT * FROM X
            """);
    assertThat(old.sources().get(0).query())
        .isEqualTo("LET X = SELECT *\nFROM scope() // note: all\n\nSELECT * FROM X\n");
  }

  @Test
  void yamlThatIsNoneIsPlaced() {
    ArtifactException e = problem("name: A\nsources:\n  - query: 'SELECT\n");
    assertThat(e).hasMessageStartingWith("yaml: line ");
    assertThat(e.line()).isBetween(3, 4);

    assertThat(problem("name: A\nname: B\n"))
        .hasMessageContaining("already set")
        .returns(2, ArtifactException::line);
    assertThat(problem("- a\n")).hasMessageStartingWith("yaml: unmarshal errors:");
  }

  @Test
  void aDictIsADefinitionToo() {
    Dict source = Dict.of("query", "SELECT * FROM scope()");
    Artifact artifact =
        Artifact.of(
            Dict.of("name", "A", "type", "SERVER", "sources", List.of(source), "raw", "ignored"));

    assertThat(artifact.type()).isEqualTo(ArtifactType.SERVER);
    assertThat(artifact.sources()).hasSize(1);
    assertThat(artifact.raw()).isEmpty();
  }

  @Test
  void aSmallFileDoesNotBecomeALargeTree() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(String.join(", ", java.util.Collections.nCopies(10, before))).append("]\n");
    }
    ArtifactException e =
        catchThrowableOfType(ArtifactException.class, () -> YamlReader.read(bomb.toString()));
    assertThat(e).hasMessageContaining("too");
  }
}
