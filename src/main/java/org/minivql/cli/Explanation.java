package org.minivql.cli;

import java.util.ArrayList;
import java.util.List;
import org.minivql.RowHandler;
import org.minivql.StatementInfo;
import org.minivql.value.Dict;

/** Counts the rows and measures the time of each statement of a run. */
final class Explanation implements RowHandler {
  private final List<String> lines = new ArrayList<>();
  private long start;
  private long first;
  private long rows;

  @Override
  public void begin(StatementInfo statement) {
    start = System.nanoTime();
    first = 0;
    rows = 0;
  }

  @Override
  public boolean row(Dict row) {
    if (rows++ == 0) {
      first = System.nanoTime();
    }
    return true;
  }

  @Override
  public void end(StatementInfo statement) {
    long now = System.nanoTime();
    String count = statement.yieldsRows() ? rows + " rows, " : "";
    String early = rows > 0 ? ", the first after " + millis(first - start) : "";
    lines.add(
        (statement.index() + 1)
            + ". "
            + count
            + millis(now - start)
            + early
            + "\n   "
            + statement.text());
  }

  private static String millis(long nanos) {
    return String.format(java.util.Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  /** Two lines a statement. */
  String text() {
    return String.join("\n", lines);
  }
}
