package org.minivql.analysis;

import java.util.Collection;
import java.util.List;

/** The artifacts that programs can name. */
public interface ArtifactLookup {
  /**
   * What is known about an artifact.
   *
   * @param type its type, such as {@code CLIENT_EVENT}
   * @param parameters the names of its parameters
   * @param sources the names of its sources; an unnamed one is empty
   */
  record Info(String type, List<String> parameters, List<String> sources) {}

  /** An artifact, or null. */
  Info find(String name);

  /** All names, for hints. */
  Collection<String> names();
}
