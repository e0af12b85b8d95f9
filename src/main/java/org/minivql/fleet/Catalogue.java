package org.minivql.fleet;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactParameter;
import org.minivql.artifact.ArtifactSource;
import org.minivql.artifact.Repository;
import org.minivql.registry.ArtifactCatalog;
import org.minivql.registry.ArtifactInfo;

/** Shows the definitions of a repository to the server model. */
public final class Catalogue implements ArtifactCatalog {
  private final Repository repository;

  /** The definitions of this repository, as they are when they are asked for. */
  public Catalogue(Repository repository) {
    this.repository = repository;
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
        artifact.basic());
  }
}
