package org.minivql.builtin.artifact;

import java.util.ArrayList;
import java.util.List;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactCalls;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.Compiler;
import org.minivql.artifact.Repository;
import org.minivql.artifact.Request;
import org.minivql.artifact.Runs;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Lazy;
import org.minivql.value.Sink;

/** Running artifacts here and now. */
final class CollectCalls {
  private CollectCalls() {}

  @VqlPlugin(
      name = "collect",
      doc = "Runs artifacts here. The rows of their sources, each with _Source.",
      version = 2)
  static void collect(
      Sink out,
      CallContext call,
      @Arg(value = "The artifacts.", required = true) StringList artifacts,
      @Arg("Parameters by artifact.") Dict args,
      @Arg(
              value = "More definitions: YAML, dicts, or a list of them.",
              name = "artifact_definitions")
          Object definitions) {
    Repository repository = Repositories.of(call.scope()).scratch();
    define(repository, definitions);
    Dict parameters = args == null ? Dict.EMPTY : args;
    for (String name : parameters.shape().names()) {
      if (repository.get(name) == null) {
        throw new ArgumentException(
            "Parameter refers to an unknown artifact ("
                + name
                + "). The parameter should be of the form"
                + " {\"Custom.Artifact.Name\":{\"arg\":\"value\"}}");
      }
    }
    List<Request> requests = new ArrayList<>();
    for (String name : artifacts) {
      requests.addAll(requests(call, repository, name, parameters.get(name)));
    }
    for (Request request : requests) {
      boolean more =
          Runs.run(
              call.scope(),
              request,
              Dict.EMPTY,
              true,
              (query, row) -> out.row(Runs.sourced(row, query.name())));
      if (!more) {
        return;
      }
    }
  }

  private static void define(Repository repository, Object definitions) {
    Object given = definitions instanceof Lazy lazy ? lazy.get() : definitions;
    if (given instanceof List<?> list) {
      list.forEach(item -> define(repository, item));
    } else if (given instanceof Dict || given instanceof String) {
      try {
        repository.set(
            given instanceof Dict dict ? Artifact.of(dict) : Artifact.parse((String) given));
      } catch (ArtifactException e) {
        throw new ArgumentException(e.getMessage());
      }
    }
  }

  private static List<Request> requests(
      CallContext call, Repository repository, String name, Object parameters) {
    Artifact artifact = repository.get(name);
    if (artifact == null) {
      throw new ArgumentException("Artifact " + name + " not found");
    }
    try {
      Dict env = parameters instanceof Dict dict ? dict : Dict.EMPTY;
      return new Compiler(repository, ArtifactCalls.ServerMetadata.of(call.scope()))
          .compile(artifact, env);
    } catch (ArtifactException e) {
      throw new ArgumentException(e.getMessage());
    }
  }
}
