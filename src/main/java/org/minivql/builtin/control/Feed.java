package org.minivql.builtin.control;

import java.time.Instant;
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

  /** How long one look for a row, or for room, takes at most, in real time. */
  private static final long LOOK_MILLIS = 20;

  private final BlockingQueue<Object> rows;
  private final Scope scope;
  private final Workers workers;
  private final UnaryOperator<Object> stamp;
  private volatile boolean closed;
  private Runnable end = () -> {};

  private Feed(Scope scope, int capacity, UnaryOperator<Object> stamp) {
    this.scope = scope;
    this.workers = scope.service(Workers.class);
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
    feed.end = feed.workers.start(scope, beyond -> feed.produce(beyond, query));
    return feed;
  }

  private void produce(Scope beyond, StoredQuery query) {
    Scope inner = beyond.owned(Dict.EMPTY);
    try {
      query.run(inner, row -> put(beyond, stamp.apply(row)));
    } finally {
      inner.end();
      put(beyond, END);
    }
  }

  private boolean put(Scope beyond, Object row) {
    try {
      while (!closed && beyond.alive()) {
        boolean waited = workers.await(beyond, () -> closed || rows.remainingCapacity() > 0, null);
        if (rows.offer(row, waited ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /**
   * The next row, {@link #END}, or null where none came within one look.
   *
   * @param latest the time at which a look is over anyway; null where it does not matter
   */
  Object look(Instant latest) {
    boolean waited = workers.await(scope, () -> !rows.isEmpty(), latest);
    try {
      return scope.alive() ? rows.poll(waited ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS) : END;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return END;
    }
  }

  @Override
  public void close() {
    closed = true;
    end.run();
  }
}
