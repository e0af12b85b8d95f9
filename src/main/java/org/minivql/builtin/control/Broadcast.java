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

  private static final long PATIENCE_MILLIS = 5000;

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
    private final Thread thread = Thread.currentThread();
    private volatile boolean gone;
    private volatile boolean nested;
    private volatile long done;
    private long sent;
  }

  @Override
  public void run(Scope reading, Sink out) {
    Reader reader = new Reader();
    if (!join(reader)) {
      return;
    }
    Workers workers = scope.service(Workers.class);
    try {
      while (reading.alive()) {
        Object row = reader.rows.poll();
        if (row == null) {
          holdUp(reader);
          workers.waiting();
          row = reader.rows.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (row == Feed.END) {
          return;
        }
        if (row != null && !out.row(row)) {
          workers.leaves(reading);
          return;
        }
        if (row != null) {
          reader.nested = false;
          reader.done = reader.done + 1;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reader.gone = true;
      readers.remove(reader);
    }
  }

  /** What else the thread of a reader that waits is doing must not be waited for. */
  private void holdUp(Reader waiting) {
    for (Reader reader : readers) {
      if (reader != waiting && reader.thread == waiting.thread) {
        reader.nested = true;
      }
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
  private synchronized void gather(Scope beside) {
    try {
      for (long left = delay; left > 0 && beside.alive(); left -= LOOK_MILLIS) {
        wait(Math.min(left, LOOK_MILLIS));
      }
      Workers workers = beside.service(Workers.class);
      for (long left = PATIENCE_MILLIS; left > 0 && !workers.settled(); left -= LOOK_MILLIS) {
        wait(LOOK_MILLIS);
      }
      while (readers.size() < readersWanted && beside.alive()) {
        workers.waiting();
        wait(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean send(Scope beside, Object row) {
    Workers workers = beside.service(Workers.class);
    boolean orderly = workers.orderly();
    try {
      for (Reader reader : readers) {
        reader.sent++;
        while (!reader.gone
            && beside.alive()
            && !reader.rows.offer(row, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          workers.waiting();
        }
        if (orderly && row != Feed.END) {
          handled(beside, reader);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return beside.alive();
  }

  /** One reader is done with the row before the next one gets it, so that all runs are alike. */
  private void handled(Scope beside, Reader reader) throws InterruptedException {
    for (long left = PATIENCE_MILLIS; left > 0 && beside.alive(); left--) {
      if (reader.gone) {
        beside.service(Workers.class).awaitLeft(beside);
        return;
      }
      if (reader.done >= reader.sent || reader.nested) {
        return;
      }
      if (left % GATHER_MILLIS == 0 && left < PATIENCE_MILLIS) {
        beside.service(Workers.class).waiting();
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Override
  public String text() {
    return source.text();
  }
}
