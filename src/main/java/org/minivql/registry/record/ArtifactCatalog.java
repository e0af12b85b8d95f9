package org.minivql.registry.record;

/**
 * What the server model needs to know about artifact definitions.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ArtifactCatalog {
  /** The artifact of this exact name (no source part), or null. */
  ArtifactInfo find(String name);

  /** Why a known artifact cannot be compiled, or null. */
  default String problem(String name) {
    return null;
  }

  /**
   * The artifact of {@code Artifact} or {@code Artifact/Source}, or null where either is unknown.
   */
  default ArtifactInfo findFull(String name) {
    int slash = name.indexOf('/');
    ArtifactInfo info = find(slash < 0 ? name : name.substring(0, slash));
    if (info == null || slash < 0) {
      return info;
    }
    return info.sources().contains(name.substring(slash + 1)) ? info : null;
  }
}
