package org.minivql.value;

/**
 * Where a producer of rows sends them, one call a row.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Sink {
  /**
   * Takes one row.
   *
   * @param row a {@link Dict}, another {@link Members} object, or any other value used as a row
   * @return true to go on; false when no more rows are wanted, after which the producer returns
   */
  boolean row(Object row);
}
