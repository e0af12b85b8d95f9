package org.minivql.builtin.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactCalls;
import org.minivql.artifact.Repository;
import org.minivql.format.Json;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Principal;
import org.minivql.value.Dict;

class ArtifactBuiltinsTest {
  private final Repository repository = Repository.standard();
  private final ServerModel server =
      ServerModel.builder(Clock.fixed(Instant.ofEpochSecond(1_600_000_000), ZoneOffset.UTC))
          .build();
  private final Vql vql =
      Vql.builder()
          .namespace(new ArtifactCalls(scope -> scope.service(Repository.class)))
          .catalog(new GeneratedCatalog())
          .service(Repository.class, repository)
          .service(ServerModel.class, server)
          .build();
  private final List<String> log = new ArrayList<>();
  private QueryOptions options = QueryOptions.defaults();

  private String run(String query) {
    List<Dict> rows = new ArrayList<>();
    vql.compile(query).run(options.withLog(line -> log.add(line.text())), rows::add);
    return Json.text(rows);
  }

  private void define(String yaml) {
    repository.set(Artifact.parse(yaml));
  }

  @Test
  void anArtifactRunsByItsName() {
    define(
        """
        name: Custom.Numbers
        parameters:
          - name: Upto
            type: int
            default: 2
          - name: Loud
            type: bool
        sources:
          - query: |
              LET All = SELECT _value AS N FROM range(end=Upto)
              SELECT N, Loud FROM All
          - name: Sum
            query: SELECT sum(item=N) AS S FROM All GROUP BY 1
        """);

    assertThat(run("SELECT * FROM Artifact.Custom.Numbers(Loud='y')"))
        .isEqualTo(
            "[{\"N\":0,\"Loud\":true,\"_Source\":\"Custom.Numbers\"},"
                + "{\"N\":1,\"Loud\":true,\"_Source\":\"Custom.Numbers\"},"
                + "{\"S\":1,\"_Source\":\"Custom.Numbers/Sum\"}]");
    assertThat(run("SELECT N FROM Artifact.Custom.Numbers(Upto=1, source='') LIMIT 1"))
        .isEqualTo("[{\"N\":0}]");
    assertThat(log).isEmpty();
  }

  @Test
  @Timeout(60)
  void theSourcesOfAnEventArtifactRunAtTheSameTime() {
    define(
        """
        name: Custom.Bells
        type: CLIENT_EVENT
        sources:
          - name: Endless
            query: SELECT 1 AS N FROM clock(period=86400)
          - name: Refused
            precondition: SELECT * FROM range(end=0)
            query: SELECT 3 AS N FROM scope()
          - name: Wrong
            query: SELECT 4 AS N FROM no_such_bell()
          - name: Short
            query: SELECT 2 AS N FROM scope()
        """);

    assertThat(run("SELECT * FROM Artifact.Custom.Bells() WHERE N = 2 LIMIT 1"))
        .isEqualTo("[{\"N\":2,\"_Source\":\"Custom.Bells/Short\"}]");
    assertThat(run("SELECT * FROM Artifact.Custom.Bells(preconditions=TRUE) WHERE N > 1 LIMIT 1"))
        .isEqualTo("[{\"N\":2,\"_Source\":\"Custom.Bells/Short\"}]");
    assertThat(run("SELECT * FROM Artifact.Custom.Bells(source='Short')"))
        .isEqualTo("[{\"N\":2,\"_Source\":\"Custom.Bells/Short\"}]");
  }

  @Test
  void nothingOfTheCallerIsSeenInside() {
    define("name: A\nsources:\n- query: SELECT X FROM scope()\n");

    assertThat(run("LET X = 1\nSELECT X FROM Artifact.A()")).isEqualTo("[{\"X\":null}]");
    assertThat(log).anyMatch(line -> line.contains("Symbol X not found"));
  }

  @Test
  void callsThatCannotBeMadeAreLogged() {
    define("name: A\nsources:\n- name: S\n  query: SELECT 1 AS B FROM scope()\n");
    define("name: R\nsources:\n- query: SELECT * FROM Artifact.R()\n");

    assertThat(run("SELECT * FROM Artifact.No.Such()")).isEqualTo("[]");
    assertThat(run("SELECT * FROM Artifact.A(Z=1)")).isEqualTo("[]");
    assertThat(run("SELECT * FROM Artifact.A(source='T')")).isEqualTo("[]");
    assertThat(run("SELECT * FROM Artifact.A(source=1)")).isEqualTo("[]");
    assertThat(run("SELECT * FROM Artifact.R()")).isEqualTo("[]");
    assertThat(log)
        .contains(
            "Artifact No.Such not found",
            "Unknown parameter Z provided to artifact A",
            "Source T not found in artifact A",
            "Source must be a string")
        .anyMatch(line -> line.startsWith("Error: Stack overflow: "));
  }

  @Test
  void preconditionsCountOnlyWhenAskedFor() {
    define(
        "name: A\nprecondition: SELECT * FROM range(end=0)\nsources:\n- query: SELECT 1 AS B FROM scope()\n");

    assertThat(run("SELECT B FROM Artifact.A()")).isEqualTo("[{\"B\":1}]");
    assertThat(run("SELECT B FROM Artifact.A(preconditions=TRUE)")).isEqualTo("[]");
    assertThat(log).containsExactly("Skipping query due to preconditions");
  }

  @Test
  void exportsOfImportsAreSeen() {
    define("name: Lib\nexport: LET Twice(x) = x * 2\n");
    define("name: A\nimports: [Lib]\nsources:\n- query: SELECT Twice(x=21) AS T FROM scope()\n");

    assertThat(run("SELECT T FROM Artifact.A()")).isEqualTo("[{\"T\":42}]");
  }

  @Test
  void typedParametersAreConverted() {
    define(
        """
        name: A
        parameters:
          - {name: I, type: int, default: "0x10"}
          - {name: F, type: float, default: "1.5"}
          - {name: B1, type: bool, default: "1"}
          - {name: B2, type: bool, default: "ok"}
          - {name: C, type: csv, default: "a,b\\n1,2\\n"}
          - {name: J, type: json, default: '{"x": 1}'}
          - {name: L, type: json_array, default: '["a"]'}
        sources:
          - query: SELECT I, F, B1, B2, C, J, L FROM scope()
        """);

    assertThat(run("SELECT I, F, B1, B2, C, J, L FROM Artifact.A()"))
        .isEqualTo(
            "[{\"I\":16,\"F\":1.5,\"B1\":false,\"B2\":true,\"C\":[{\"a\":1,\"b\":2}],"
                + "\"J\":{\"x\":1},\"L\":[\"a\"]}]");
    assertThat(run("SELECT C, J FROM Artifact.A(C=[dict(q=1)], J=dict(y=2))"))
        .isEqualTo("[{\"C\":[{\"q\":1}],\"J\":{\"y\":2}}]");
  }

  @Test
  void definitionsAreSetShownAndDeleted() {
    List<Dict> events = new ArrayList<>();
    server
        .bus()
        .listen(
            "Server.Internal.ArtifactModification",
            org.minivql.registry.event.EventBus.Phase.LAST,
            event -> events.add(event.payload()));

    assertThat(
            run(
                "SELECT artifact_set(definition='name: Custom.A\ntype: server\n').type AS T FROM scope()"))
        .isEqualTo("[{\"T\":\"server\"}]");
    assertThat(run("SELECT name, built_in FROM artifact_definitions(names=['Custom.A', 'Nope'])"))
        .isEqualTo("[{\"name\":\"Custom.A\",\"built_in\":false}]");
    assertThat(log).containsExactly("artifact_definitions: artifact Nope not known");
    assertThat(
            run(
                "SELECT artifact_set_metadata(name='Custom.A', hidden=TRUE, tags='x') AS M,"
                    + " artifact_set_metadata(name='Custom.A', hidden=FALSE) AS N FROM scope()"))
        .isEqualTo("[{\"M\":{\"hidden\":true,\"tags\":[\"x\"]},\"N\":{\"tags\":[\"x\"]}}]");
    run("SELECT artifact_delete(name='Custom.A') FROM scope()");
    assertThat(repository.get("Custom.A")).isNull();
    assertThat(events)
        .extracting(event -> event.get("op"))
        .containsExactly("set", "metadata", "metadata", "delete");
  }

  @Test
  void builtInDefinitionsAreProtected() {
    String set = "artifact_set(definition='name: Generic.Client.Info\n'";
    assertThat(run("SELECT " + set + ") AS A FROM scope()")).isEqualTo("[{\"A\":null}]");
    assertThat(run("SELECT " + set + ", repository='mine').name AS A FROM scope()"))
        .isEqualTo("[{\"A\":\"Generic.Client.Info\"}]");
    assertThat(log)
        .containsExactly("artifact_set: Unable to override built in artifact Generic.Client.Info");
    assertThat(repository.get("Generic.Client.Info").sources()).isNotEmpty();
  }

  @Test
  void writingNeedsThePermissionForTheType() {
    options = options.withService(Principal.class, Principal.of("ann", List.of("artifact_writer")));

    assertThat(run("SELECT artifact_set(definition='name: Custom.C\n').name AS A FROM scope()"))
        .isEqualTo("[{\"A\":\"Custom.C\"}]");
    run("SELECT artifact_set(definition='name: Custom.S\ntype: SERVER\n') FROM scope()");
    assertThat(log)
        .containsExactly(
            "artifact_set: PermissionDenied: Permission denied: [SERVER_ARTIFACT_WRITER]");
  }

  @Test
  void artifactsAreCollectedWithDefinitionsOfTheCall() {
    String one = "name: One\nparameters:\n- name: P\nsources:\n- query: SELECT P FROM scope()\n";
    options = options.withEnv(Map.of("One", one));

    assertThat(
            run(
                "SELECT * FROM collect(artifacts='One', args=dict(One=dict(P='x')),"
                    + " artifact_definitions=[One])"))
        .isEqualTo("[{\"P\":\"x\",\"_Source\":\"One\"}]");
    run("SELECT * FROM collect(artifacts='One')");
    run("SELECT * FROM collect(artifacts='One', args=dict(Two=dict()))");
    assertThat(log.get(0)).isEqualTo("collect: Artifact One not found");
    assertThat(log.get(1)).startsWith("collect: Parameter refers to an unknown artifact (Two).");
  }

  @Test
  void exportsComeIntoTheProgramByACall() {
    define("name: Lib\nexport: |\n  LET Thrice(x) = x * 3\n  LET Base <= 14\n");

    assertThat(
            run(
                "LET _ <= import(artifact='Lib')\nLET Base2 = Base + 0\n"
                    + "SELECT Thrice(x=Base2) AS T FROM scope()"))
        .isEqualTo("[{\"T\":42}]");
    assertThat(
            run(
                "SELECT import(artifact='Lib') =~ 'Thrice' AS I FROM scope()\nSELECT Base FROM scope()"))
        .isEqualTo("[{\"I\":true},{\"Base\":14}]");
    assertThat(log).isEmpty();
    assertThat(run("SELECT import(artifact='No') AS I FROM scope()\nSELECT Base FROM scope()"))
        .isEqualTo("[{\"I\":null},{\"Base\":null}]");
    assertThat(log.get(0)).isEqualTo("import: Artifact 'No' not found");
  }

  @Test
  void exportsOfParallelBranchesComeIntoTheProgram() {
    define("name: Lib\nexport: LET Base <= 14\n");

    assertThat(
            run(
                "SELECT I FROM combine(a={SELECT import(artifact='Lib') =~ 'Base' AS I FROM scope()},"
                    + " b={SELECT * FROM clock(period=1) WHERE FALSE}) LIMIT 1\n"
                    + "SELECT Base FROM scope()"))
        .isEqualTo("[{\"I\":true},{\"Base\":14}]");
  }

  @Test
  void anArtifactImportsForItselfOnly() {
    define("name: Lib\nexport: LET Base <= 14\n");
    define(
        "name: A\nsources:\n- query: |\n    LET _ <= import(artifact='Lib')\n    SELECT Base FROM scope()\n");

    assertThat(run("SELECT Base FROM Artifact.A()\nSELECT Base AS Here FROM scope()"))
        .isEqualTo("[{\"Base\":14},{\"Here\":null}]");
  }

  @Test
  void definitionsThatAreRefusedAreShown() {
    run(
        "SELECT artifact_set(definition='name: Custom.Bad\nsources:\n- query: SELECT\n') FROM scope()");

    assertThat(log).hasSize(1);
    assertThat(log.get(0))
        .startsWith("artifact_set: ")
        .endsWith(": name: Custom.Bad\nsources:\n- query: SELECT\n");
  }
}
