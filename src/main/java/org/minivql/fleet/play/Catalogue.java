package org.minivql.fleet.play;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.ArtifactParameter;
import org.minivql.artifact.ArtifactSource;
import org.minivql.artifact.Compiler;
import org.minivql.artifact.Repository;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.registry.flow.Recorded;
import org.minivql.registry.record.ArtifactCatalog;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.value.Dict;

/**
 * Shows the definitions of a repository to the server model.
 *
 * @since 0.1.0
 */
public final class Catalogue implements ArtifactCatalog {
  private final Repository repository;
  private final Recorded recorded;

  /** The definitions of this repository, as they are when they are asked for. */
  public Catalogue(Repository repository) {
    this(repository, Recorded.NONE);
  }

  /**
   * The definitions of this repository; result sets and queues that are recorded can be read
   * without one, since a server's own definitions are not among its data.
   */
  public Catalogue(Repository repository, Recorded recorded) {
    this.repository = repository;
    this.recorded = recorded;
  }

  @Override
  public ArtifactInfo findFull(String name) {
    ArtifactInfo defined = ArtifactCatalog.super.findFull(name);
    int slash = name.indexOf('/');
    String artifact = slash < 0 ? name : name.substring(0, slash);
    if (defined != null || repository.get(artifact) != null) {
      return defined;
    }
    String kind = recorded.kind(name);
    List<String> sources = slash < 0 ? List.of() : List.of(name.substring(slash + 1));
    return kind == null
        ? null
        : new ArtifactInfo(artifact, kind, sources, Map.of(), Set.of(), false, 0);
  }

  @Override
  public String problem(String name) {
    try {
      new Compiler(repository, key -> null).compile(repository.get(name), Dict.EMPTY);
      return null;
    } catch (ArtifactException e) {
      return e.getMessage();
    }
  }

  @Override
  public ArtifactInfo find(String name) {
    Artifact artifact = repository.get(name);
    if (artifact == null) {
      return null;
    }
    Map<String, ArtifactInfo.Parameter> parameters = new LinkedHashMap<>();
    for (ArtifactParameter p : artifact.parameters()) {
      parameters.put(p.name(), new ArtifactInfo.Parameter(p.type(), p.choices()));
    }
    return new ArtifactInfo(
        artifact.name(),
        artifact.type().name(),
        artifact.sources().stream().map(ArtifactSource::name).toList(),
        parameters,
        new HashSet<>(artifact.requiredPermissions()),
        artifact.basic(),
        FlowTimes.number(artifact.resources(), "max_upload_bytes"));
  }
}
