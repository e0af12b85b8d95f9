package org.minivql.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.minivql.value.Dict;

/**
 * Turns a definition into what runs.
 *
 * @since 0.1.0
 */
public final class Compiler {
  private final Repository repository;
  private final UnaryOperator<String> serverMetadata;

  /**
   * A compiler.
   *
   * @param repository where imports are found
   * @param serverMetadata the server's metadata by key, null where there is none
   */
  public Compiler(Repository repository, UnaryOperator<String> serverMetadata) {
    this.repository = repository;
    this.serverMetadata = serverMetadata;
  }

  /**
   * The requests of an artifact. An event artifact has one for each source; so has one with a
   * precondition on any source; all sources of any other share one scope.
   *
   * @param artifact the artifact
   * @param env values for parameters; other names become variables too
   * @throws ArtifactException where an import is unknown
   */
  public List<Request> compile(Artifact artifact, Dict env) {
    Dict variables = variables(artifact, env);
    String preamble = Preamble.of(artifact);
    List<String> exports = exports(artifact);
    List<Request> requests = new ArrayList<>();
    List<Request.Query> shared = new ArrayList<>();
    boolean separate = artifact.type().event();
    for (ArtifactSource source : artifact.sources()) {
      separate |= !source.precondition().isBlank();
    }
    for (ArtifactSource source : artifact.sources()) {
      if (source.query().isBlank()) {
        continue;
      }
      Request.Query query = new Request.Query(artifact.resultName(source), source.query());
      if (separate) {
        String own = source.precondition();
        String precondition = own.isBlank() ? artifact.precondition() : own;
        requests.add(
            new Request(artifact, variables, preamble, precondition, exports, List.of(query)));
      } else {
        shared.add(query);
      }
    }
    if (!shared.isEmpty()) {
      requests.add(
          new Request(artifact, variables, preamble, artifact.precondition(), exports, shared));
    }
    return requests;
  }

  private Dict variables(Artifact artifact, Dict env) {
    Dict.Builder variables = Dict.builder();
    for (ArtifactParameter parameter : artifact.parameters()) {
      String value = parameter.defaultValue();
      if (parameter.type().equals("server_metadata")) {
        String kept = serverMetadata.apply(parameter.name());
        value = kept == null ? value : kept;
      }
      variables.set(parameter.name(), value);
    }
    env.forEach(variables::replace);
    return variables.build();
  }

  private List<String> exports(Artifact artifact) {
    List<String> exports = new ArrayList<>();
    add(artifact.export(), exports);
    for (String name : artifact.imports()) {
      Artifact imported = repository.get(name);
      if (imported == null) {
        throw new ArtifactException(
            "Artifact " + artifact.name() + " imports " + name + " which is not known.");
      }
      add(imported.export(), exports);
    }
    return exports;
  }

  private static void add(String export, List<String> exports) {
    if (!export.isBlank()) {
      exports.add(export);
    }
  }
}
