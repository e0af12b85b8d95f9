package org.minivql;

import org.minivql.value.Limit;

/**
 * Why a run ended before its program: it would have used more than it may.
 *
 * @param limit which limit
 * @param amount the most that was allowed, in the limit's unit
 * @param statement the canonical text of the statement that ran
 * @since 0.1.0
 */
public record LimitReached(Limit limit, long amount, String statement) {
  /** The id of the error. */
  public String id() {
    return limit.id();
  }

  /** One sentence for people. */
  public String message() {
    return "Query ended: more than " + limit.describe(amount) + " in: " + statement;
  }
}
