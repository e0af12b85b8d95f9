package org.minivql.value;

import java.util.List;

/**
 * The rows of a query that was run once and kept ({@code LET X <= SELECT}).
 *
 * @since 0.1.0
 */
public interface Materialized {
  /** The number of rows. */
  int size();

  /** The rows in order. */
  List<Object> rows();
}
