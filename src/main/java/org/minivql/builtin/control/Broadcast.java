package org.minivql.builtin.control;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.minivql.spi.Workers;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** One running query with several readers, each of which gets all rows from its start on. */
final class Broadcast implements StoredQuery {
  private static final int AHEAD = 100;
  private static final long LOOK_MILLIS = 20;

  /** Readers that come together are waited for at least so long. */
  private static final long GATHER_MILLIS = 100;

  private final Scope scope;
  private final StoredQuery source;
  private final long delay;
  private final long readersWanted;
  private final List<Reader> readers = new CopyOnWriteArrayList<>();
  private boolean started;
  private boolean ended;

  Broadcast(Scope scope, StoredQuery source, long delay, long readersWanted) {
    this.scope = scope;
    this.source = source;
    this.delay = Math.max(GATHER_MILLIS, delay);
    this.readersWanted = readersWanted;
  }

  private static final class Reader {
    private final BlockingQueue<Object> rows = new ArrayBlockingQueue<>(AHEAD);
    private volatile boolean gone;
  }

  @Override
  public void run(Scope reading, Sink out) {
    Reader reader = new Reader();
    if (!join(reader)) {
      return;
    }
    try {
      while (reading.alive()) {
        Object row = reader.rows.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (row == Feed.END || row != null && !out.row(row)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reader.gone = true;
      readers.remove(reader);
    }
  }

  private synchronized boolean join(Reader reader) {
    if (ended) {
      return false;
    }
    readers.add(reader);
    if (!started) {
      started = true;
      scope.service(Workers.class).start(scope, this::produce);
    }
    return true;
  }

  private void produce() {
    gather();
    Scope inner = scope.owned(Dict.EMPTY);
    try {
      source.run(inner, this::send);
    } finally {
      inner.end();
      synchronized (this) {
        ended = true;
      }
      send(Feed.END);
    }
  }

  /** Waits for readers, who are other threads: not a wait in the time of the query. */
  private synchronized void gather() {
    try {
      for (long left = delay; left > 0 && scope.alive(); left -= LOOK_MILLIS) {
        wait(Math.min(left, LOOK_MILLIS));
      }
      while (readers.size() < readersWanted && scope.alive()) {
        wait(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean send(Object row) {
    try {
      for (Reader reader : readers) {
        while (!reader.gone
            && scope.alive()
            && !reader.rows.offer(row, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          continue;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return scope.alive();
  }

  @Override
  public String text() {
    return source.text();
  }
}
