package org.minivql.value;

import java.util.List;

/**
 * A compiled {@code params => expression}.
 *
 * @since 0.1.0
 */
public interface Lambda {
  /** The names of the parameters as written. */
  List<String> parameters();

  /**
   * Evaluates the body with the parameters as one layer on top of the caller's scope.
   *
   * @return the value; NULL, with a log line, when the number of arguments is not the number of
   *     parameters
   */
  Object call(Scope scope, Object... arguments);

  /** The canonical text. */
  String text();
}
