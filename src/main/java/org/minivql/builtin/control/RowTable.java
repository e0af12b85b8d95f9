package org.minivql.builtin.control;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.minivql.spi.Pauses;
import org.minivql.spi.Workers;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Displayed;
import org.minivql.value.Members;
import org.minivql.value.Operand;
import org.minivql.value.Scope;
import org.minivql.value.Spans;
import org.minivql.value.StoredQuery;

/** The rows of a query by the text of a column; the last of equal ones wins. */
final class RowTable implements Members, Operand, Displayed {
  private final Scope scope;
  private final StoredQuery query;
  private final String key;
  private final long seconds;
  private final String name;
  private final Map<String, Object> rows = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private Instant filled;

  RowTable(Scope scope, StoredQuery query, String key, long seconds, String name) {
    this.scope = scope;
    this.query = query;
    this.key = key;
    this.seconds = seconds;
    this.name = name;
  }

  @Override
  public Object member(String field) {
    if (!lock.isHeldByCurrentThread()
        && scope.service(Workers.class).await(scope, () -> !lock.isLocked(), null)
        && lock.isLocked()) {
      // The run is over before who fills the table is done.
      return Absent.ABSENT;
    }
    lock.lock();
    try {
      Instant now = Pauses.time(scope);
      if (filled == null || filled.plus(Spans.seconds(seconds)).isBefore(now)) {
        filled = now;
        fill();
      }
      return rows.getOrDefault(field, Absent.ABSENT);
    } finally {
      lock.unlock();
    }
  }

  private void fill() {
    rows.clear();
    long[] count = {0};
    query.run(
        scope,
        row -> {
          count[0]++;
          Object value = scope.operators().get(scope, row, key);
          if (value != Absent.ABSENT) {
            rows.put(scope.operators().text(scope, value), row);
          }
          return true;
        });
    scope.log("memoize " + name + ": Filled cache with " + count[0] + " rows");
  }

  @Override
  public Object get(Scope caller, Object field) {
    return member(caller.operators().text(caller, field));
  }

  @Override
  public List<String> memberNames() {
    return List.of();
  }

  @Override
  public String text() {
    return name;
  }

  @Override
  public Object display() {
    return Dict.EMPTY;
  }
}
