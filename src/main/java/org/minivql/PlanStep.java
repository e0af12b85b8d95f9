package org.minivql;

import java.time.Duration;

/**
 * A part of a plan and what it did in a run.
 *
 * @param kind what it is
 * @param depth how deep it lies: statements at 0, their operators at 1
 * @param text its part of the program, in canonical form
 * @param runs how many times it ran; of an operator, as its query
 * @param rowsIn how many rows it got; for what makes rows, as many as it gave
 * @param rowsOut how many rows it gave
 * @param time how long it took: of a query with whoever took its rows, of an operator by itself and
 *     with the queries below it
 * @since 0.1.0
 */
public record PlanStep(
    Kind kind, int depth, String text, long runs, long rowsIn, long rowsOut, Duration time) {
  /** What a part of a plan is. */
  public enum Kind {
    /** A statement or a query in braces; its operators follow. */
    QUERY,
    /** A step of a query: FROM, WHERE, the columns with GROUP BY, ORDER BY or LIMIT. */
    OPERATOR
  }
}
