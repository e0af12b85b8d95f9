package org.minivql.plan.select;

import org.minivql.value.Sink;

/** LIMIT: the count is looked at after each row, so there is always one. */
final class LimitSink implements Sink {
  private final Sink out;
  private final long limit;
  private long count;

  LimitSink(Sink out, long limit) {
    this.out = out;
    this.limit = limit;
  }

  @Override
  public boolean row(Object row) {
    return out.row(row) && ++count < limit;
  }
}
