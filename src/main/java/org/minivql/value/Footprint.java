package org.minivql.value;

import java.util.List;

/**
 * About how many bytes of memory rows take. One row in some is looked at and stands for them. What
 * is added counts against a limit of the run until it is closed.
 *
 * @since 0.1.0
 */
public final class Footprint implements AutoCloseable {
  private static final int EVERY = 16;
  private static final int LOOKED_AT = 64;
  private static final int OBJECT = 24;
  private static final int REFERENCE = 8;
  private static final long STEP = 1 << 16;

  private final Scope scope;
  private final Limit limit;
  private final boolean together;
  private long rows;
  private long last;
  private long bytes;
  private long unclaimed;
  private long claimed;

  private Footprint(Scope scope, Limit limit, boolean together) {
    this.scope = scope;
    this.limit = limit;
    this.together = together;
  }

  /**
   * Of rows that are kept until it is closed: all that the run keeps together must be within {@link
   * Limit#BYTES}.
   */
  public static Footprint kept(Scope scope) {
    return new Footprint(scope, Limit.BYTES, true);
  }

  /** Of a value that lives as long as anybody has it: each by itself must be within the limit. */
  public static Footprint alone(Scope scope, Limit limit) {
    return new Footprint(scope, limit, false);
  }

  /** Adds a row; gives the bytes since the last {@link #clear}. */
  public long add(Object row) {
    if (rows++ % EVERY == 0) {
      last = of(row, 0);
    }
    return add(last);
  }

  /** Adds bytes that are known; gives the bytes since the last {@link #clear}. */
  public long add(long more) {
    bytes += more;
    unclaimed += more;
    if (unclaimed >= STEP) {
      claim();
    }
    return bytes;
  }

  private void claim() {
    long step = unclaimed;
    unclaimed = 0;
    if (together) {
      scope.claim(limit, step);
    } else {
      scope.check(limit, claimed + step);
    }
    claimed += step;
  }

  /** Starts again with nothing in memory; what went to files still counts. */
  public void clear() {
    bytes = 0;
  }

  /** Nothing is kept any longer. */
  @Override
  public void close() {
    if (together) {
      scope.release(limit, claimed);
    }
    claimed = 0;
  }

  private static long of(Object value, int depth) {
    if (value == null || value instanceof Boolean || depth > Nesting.ROOM) {
      return 0;
    }
    if (value instanceof String text) {
      return 2L * OBJECT + text.length();
    }
    if (value instanceof Dict dict) {
      long sum = 2L * OBJECT;
      for (int i = 0; i < dict.size(); i++) {
        sum += REFERENCE + of(dict.cell(i), depth + 1);
      }
      return sum;
    }
    if (value instanceof List<?> list) {
      int looked = Math.min(LOOKED_AT, list.size());
      long sum = 0;
      for (int i = 0; i < looked; i++) {
        sum += REFERENCE + of(list.get(i), depth + 1);
      }
      return 2L * OBJECT + (looked == 0 ? 0 : sum * list.size() / looked);
    }
    return OBJECT;
  }
}
