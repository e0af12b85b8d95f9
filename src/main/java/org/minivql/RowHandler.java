package org.minivql;

import org.minivql.value.Dict;

/**
 * Takes what a program yields, as it comes. Called on the thread that runs the program.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RowHandler {
  /** A statement begins; LETs are announced too. */
  default void begin(StatementInfo statement) {}

  /**
   * Takes one row of the statement that began last.
   *
   * @return true to go on; false when no more rows of this statement are wanted
   */
  boolean row(Dict row);

  /** The statement ended. */
  default void end(StatementInfo statement) {}
}
