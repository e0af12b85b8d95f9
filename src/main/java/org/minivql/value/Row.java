package org.minivql.value;

import java.util.List;
import java.util.Map;

/**
 * A row as an application reads it: values by the names of their columns, in order. All rows of an
 * engine are {@link Dict}s.
 *
 * @since 0.1.0
 */
public interface Row {
  /** The names of the columns, in order. */
  List<String> columns();

  /** The value of a column; null for NULL, and where there is no such column. */
  Object get(String column);

  /** Whether there is such a column, also if it holds NULL. */
  boolean has(String column);

  /** The values by their columns, in order; a copy. */
  Map<String, Object> toMap();

  /**
   * The row as a record of the application. A component takes the column of its name, or else the
   * one whose name differs in case only. Times become {@link java.time.Instant}s, dicts maps or
   * records, lists keep their items; a component of type {@link Object} takes the value as it is.
   * NULL, and a column that is not there, are null.
   *
   * @throws IllegalArgumentException names the component that cannot take its value: one of another
   *     type, a number that does not fit, NULL for a primitive type; also for a record that cannot
   *     be made
   */
  default <R extends Record> R as(Class<R> type) {
    return Records.of(this, type);
  }
}
