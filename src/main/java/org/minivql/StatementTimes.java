package org.minivql;

import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Dict;

/** Measures how long each statement takes while its rows go on to another handler. */
final class StatementTimes implements RowHandler {
  private final RowHandler next;
  private final List<Long> nanos = new ArrayList<>();
  private long start;

  StatementTimes(RowHandler next) {
    this.next = next;
  }

  @Override
  public void begin(StatementInfo statement) {
    next.begin(statement);
    start = System.nanoTime();
  }

  @Override
  public boolean row(Dict row) {
    return next.row(row);
  }

  @Override
  public void end(StatementInfo statement) {
    nanos.add(System.nanoTime() - start);
    next.end(statement);
  }

  /** The time of a statement; 0 where the run ended before it. */
  long nanos(int statement) {
    return statement < nanos.size() ? nanos.get(statement) : 0;
  }
}
