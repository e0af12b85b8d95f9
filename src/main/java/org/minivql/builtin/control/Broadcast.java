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

  /** Readers that come together are waited for at least so long, where nobody can tell more. */
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
        Object row = next(reading, reader);
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

  private static Object next(Scope reading, Reader reader) throws InterruptedException {
    Object row = reader.rows.poll();
    if (row != null) {
      return row;
    }
    boolean waited =
        reading.service(Workers.class).await(reading, () -> !reader.rows.isEmpty(), null);
    return reader.rows.poll(waited ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
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

  private void produce(Scope beside) {
    gather(beside);
    Scope inner = beside.owned(Dict.EMPTY);
    try {
      source.run(inner, row -> send(beside, row));
    } finally {
      inner.end();
      synchronized (this) {
        ended = true;
      }
      send(beside, Feed.END);
    }
  }

  /** Waits for readers, who are other threads: not a wait in the time of the query. */
  private void gather(Scope beside) {
    Workers workers = beside.service(Workers.class);
    try {
      if (!workers.settle()) {
        for (long left = delay; left > 0 && beside.alive(); left -= LOOK_MILLIS) {
          TimeUnit.MILLISECONDS.sleep(Math.min(left, LOOK_MILLIS));
        }
      }
      while (readers.size() < readersWanted && beside.alive()) {
        if (!workers.await(beside, () -> readers.size() >= readersWanted, null)) {
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where threads take turns, one reader is done with the row before the next one gets it. */
  private boolean send(Scope beside, Object row) {
    Workers workers = beside.service(Workers.class);
    try {
      for (Reader reader : readers) {
        boolean sent = false;
        while (!sent && !reader.gone && beside.alive()) {
          boolean waited =
              workers.await(beside, () -> reader.gone || reader.rows.remainingCapacity() > 0, null);
          sent = reader.rows.offer(row, waited ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        workers.settle();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return beside.alive();
  }

  @Override
  public String text() {
    return source.text();
  }
}
