package org.minivql.testing;

import org.minivql.runtime.Limits;
import org.minivql.runtime.QueryContext;
import org.minivql.value.Operators;

/** Runs of no program, for tests of what needs a run but no engine. */
public final class Contexts {
  private static final long MEMORY = 1 << 20;

  private Contexts() {}

  /** A run without services, limits and log. */
  public static QueryContext bare() {
    return with(null);
  }

  /** The same with operators. */
  public static QueryContext with(Operators operators) {
    return new QueryContext(
        new QueryContext.Settings(
            operators,
            null,
            null,
            line -> {},
            type -> null,
            text -> null,
            Limits.NONE,
            null,
            MEMORY,
            0,
            false));
  }
}
