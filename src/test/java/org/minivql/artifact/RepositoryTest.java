package org.minivql.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.minivql.value.Dict;

class RepositoryTest {
  private final Repository repository = Repository.standard();

  private static Artifact artifact(String yaml) {
    return Artifact.parse(yaml);
  }

  @Test
  void everyBuiltInReads() {
    for (String name : repository.names()) {
      Artifact artifact = repository.get(name);
      assertThat(artifact.name()).isEqualTo(name);
      assertThat(artifact.builtIn()).isTrue();
      assertThat(artifact.description()).isNotBlank();
      ArtifactType queue = BuiltIns.queueType(name);
      assertThat(queue == null || queue == artifact.type()).as(name).isTrue();
    }
  }

  @Test
  void theQueuesOfTheStoryHaveTheirColumns() {
    assertThat(columns("System.Flow.Completion"))
        .containsExactly("Timestamp", "Flow", "FlowId", "ClientId");
    assertThat(columns("Server.Internal.Label")).containsExactly("client_id", "Operation", "Label");
    assertThat(repository.get("Generic.Client.Info").resultNames())
        .containsExactly(
            "Generic.Client.Info/BasicInformation",
            "Generic.Client.Info/DetailedInfo",
            "Generic.Client.Info/LinuxInfo",
            "Generic.Client.Info/WindowsInfo",
            "Generic.Client.Info/Users");
  }

  private List<Object> columns(String name) {
    return Artifact.dicts(repository.get(name).definition(), "column_types").stream()
        .map(c -> c.get("name"))
        .toList();
  }

  @Test
  void builtInNamesAreProtectedExceptInScratch() {
    Artifact own = artifact("name: Generic.Client.Info\n");

    assertThatThrownBy(() -> repository.set(own))
        .hasMessage("Unable to override built in artifact Generic.Client.Info");
    Repository scratch = repository.scratch();
    scratch.set(own);
    assertThat(scratch.get("Generic.Client.Info").sources()).isEmpty();
    assertThat(repository.get("Generic.Client.Info").sources()).hasSize(5);
  }

  @Test
  void aFleetMayCarryItsOwnInterrogationButNoQueue() {
    repository.define(artifact("name: Generic.Client.Info\n"));
    assertThat(repository.get("Generic.Client.Info").sources()).isEmpty();

    assertThatThrownBy(() -> repository.define(artifact("name: Server.Internal.Label\n")))
        .hasMessage(
            "Artifact type invalid: Well Known Artifact Server.Internal.Label sholuld be of type"
                + " INTERNAL.");
    assertThatThrownBy(
            () -> repository.define(artifact("name: Server.Internal.Label\ntype: INTERNAL\n")))
        .hasMessage("Unable to override built in artifact Server.Internal.Label");
  }

  @Test
  void aliasesFindTheDefinitionAndAreTakenOnce() {
    repository.set(artifact("name: A\naliases: [Old.A]\n"));

    assertThat(repository.get("Old.A").name()).isEqualTo("A");
    assertThatThrownBy(() -> repository.set(artifact("name: B\naliases: [Old.A]\n")))
        .hasMessage("B: Artifact Alias is already taken Old.A");
    repository.delete("A");
    assertThat(repository.get("Old.A")).isNull();
  }

  @Test
  void onlyCustomDefinitionsAreDeleted() {
    assertThatThrownBy(() -> repository.delete("Nope")).hasMessage("Artifact 'Nope' not found");
    assertThatThrownBy(() -> repository.delete("Generic.Client.Info"))
        .hasMessage("Can only delete custom artifacts.");
  }

  @Test
  void metadataSurvivesANewDefinition() {
    repository.set(artifact("name: A\n"));
    repository.setMetadata("A", Dict.of("hidden", true, "basic", false, "tags", List.of("x")));
    repository.set(artifact("name: A\ndescription: second\n"));

    assertThat(repository.get("A").hidden()).isTrue();
    assertThat(repository.get("A").description()).isEqualTo("second");
  }

  @Test
  void theClosureFollowsCallsAndImports() {
    repository.set(artifact("name: Lib\nexport: LET X = 1\n"));
    repository.set(
        artifact(
            "name: A\nimports: [Lib]\nsources:\n- query: SELECT * FROM Artifact.Generic.Client.Info()\n"));

    assertThat(repository.closure(List.of(repository.get("A"))))
        .extracting(Artifact::name)
        .containsExactly("A", "Lib", "Generic.Client.Info", "Windows.Sys.Users");
  }
}
