package org.minivql;

import org.minivql.value.Limit;

/**
 * How a run ended.
 *
 * @param rows how many rows were delivered
 * @param errors how many log lines were errors
 * @param limit the limit that ended it before its program; null where none did
 * @param cancelled whether it was cancelled
 * @since 0.1.0
 */
public record RunResult(long rows, long errors, LimitReached limit, boolean cancelled) {
  /** Whether the time was over before the program. */
  public boolean timedOut() {
    return limit != null && limit.limit() == Limit.TIME;
  }
}
