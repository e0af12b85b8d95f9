package org.minivql.plan.select;

import org.minivql.runtime.QueryContext;

/** Counts the rows that one SELECT looks at; tells the run now and then, and at the end. */
final class Scan {
  private static final int STEP = 256;

  private final QueryContext query;
  private int untold;

  Scan(QueryContext query) {
    this.query = query;
  }

  /** One more row; false when that was one too many. */
  boolean row() {
    return ++untold < STEP || end();
  }

  /** No more rows for now. */
  boolean end() {
    boolean within = query.look(untold);
    untold = 0;
    return within;
  }
}
