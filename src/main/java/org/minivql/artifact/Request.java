package org.minivql.artifact;

import java.util.List;
import org.minivql.value.Dict;

/**
 * What runs together in one scope: the queries of an artifact, or of one of its sources, with what
 * they need.
 *
 * @param artifact the artifact
 * @param env the variables: parameters as given, or their defaults
 * @param preamble definitions that convert the parameters; may be empty
 * @param precondition a query that must give a row; empty for none
 * @param exports definitions of the artifact and of its imports, in order
 * @param queries the sources
 * @since 0.1.0
 */
public record Request(
    Artifact artifact,
    Dict env,
    String preamble,
    String precondition,
    List<String> exports,
    List<Query> queries) {
  /** Takes copies of the lists. */
  public Request {
    exports = List.copyOf(exports);
    queries = List.copyOf(queries);
  }

  /**
   * The queries of one source.
   *
   * @param name the name of its result set or queue
   * @param text definitions, then one SELECT
   */
  public record Query(String name, String text) {}
}
