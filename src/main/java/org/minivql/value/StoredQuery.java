package org.minivql.value;

/**
 * A {@code SELECT} kept unevaluated. It is not a closure: it runs on top of the scope that finally
 * consumes it.
 *
 * @since 0.1.0
 */
public interface StoredQuery {
  /**
   * Runs the query on top of a scope and pushes its rows.
   *
   * @param scope the scope of the consumer
   * @param out receives the rows; answering false ends the run early
   */
  void run(Scope scope, Sink out);

  /** The canonical text of the query. */
  String text();

  /** Whether its rows can be indexed, mapped and written; else it can only be selected from. */
  default boolean readable() {
    return true;
  }

  /** The name of its type in messages. */
  default String typeName() {
    return "*vfilter._StoredQuery";
  }
}
