package org.minivql.runtime;

import java.util.Arrays;
import org.minivql.value.Limit;

/** How much of each thing a run may use. Immutable. */
public final class Limits {
  /** Nothing is limited. */
  public static final Limits NONE = new Limits(all(Long.MAX_VALUE));

  private final long[] amounts;

  private Limits(long[] amounts) {
    this.amounts = amounts;
  }

  private static long[] all(long amount) {
    long[] amounts = new long[Limit.values().length];
    Arrays.fill(amounts, amount);
    return amounts;
  }

  /** These limits, one of them changed. */
  public Limits with(Limit limit, long amount) {
    long[] changed = amounts.clone();
    changed[limit.ordinal()] = amount;
    return new Limits(changed);
  }

  /** The most of this; {@link Long#MAX_VALUE} for any amount. */
  public long of(Limit limit) {
    return amounts[limit.ordinal()];
  }
}
