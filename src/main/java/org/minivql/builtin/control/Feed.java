package org.minivql.builtin.control;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.minivql.spi.Workers;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.StoredQuery;

/** A query that runs beside the caller, which takes its rows when it likes. */
final class Feed implements AutoCloseable {
  /** Answered after the last row. */
  static final Object END =
      new Object() {
        @Override
        public String toString() {
          return "END";
        }
      };

  /** How long one look for a row takes at most, in milliseconds. */
  static final long LOOK_MILLIS = 20;

  private final BlockingQueue<Object> rows;
  private final Scope scope;
  private final UnaryOperator<Object> stamp;
  private volatile boolean closed;

  private Feed(Scope scope, int capacity, UnaryOperator<Object> stamp) {
    this.scope = scope;
    this.stamp = stamp;
    this.rows = new ArrayBlockingQueue<>(capacity);
  }

  /** Starts the query; it waits when so many rows were not taken. */
  static Feed start(Scope scope, StoredQuery query, int capacity) {
    return start(scope, query, capacity, UnaryOperator.identity());
  }

  /** The same with rows changed, when they come, on the thread of the query. */
  static Feed start(Scope scope, StoredQuery query, int capacity, UnaryOperator<Object> stamp) {
    Feed feed = new Feed(scope, capacity, stamp);
    scope.service(Workers.class).start(scope, beyond -> feed.produce(query));
    return feed;
  }

  private void produce(StoredQuery query) {
    Scope inner = scope.owned(Dict.EMPTY);
    try {
      query.run(inner, row -> put(stamp.apply(row)));
    } finally {
      inner.end();
      put(END);
    }
  }

  private boolean put(Object row) {
    try {
      while (!closed && scope.alive()) {
        if (rows.offer(row, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
        scope.service(Workers.class).waiting();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** The next row, {@link #END}, or null where none came within one look. */
  Object look() {
    try {
      return scope.alive() ? rows.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS) : END;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return END;
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
