package org.minivql;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.minivql.value.Dict;

/**
 * The rows of a run, taken one by one while the program runs in a thread of its own. A row is there
 * as soon as the program yields it; the program waits when rows are not taken. Close it when done.
 *
 * <p>Where the run meets a limit the rows until then can be taken; what follows is a {@link
 * LimitException}.
 *
 * @since 0.1.0
 */
public final class Rows implements Iterator<Dict>, AutoCloseable {
  private static final int AHEAD = 64;
  private static final long POLL_MILLIS = 50;
  private static final Object END = new Object();

  private final ArrayBlockingQueue<Object> queue = new ArrayBlockingQueue<>(AHEAD);
  private final Execution execution;
  private final Thread thread;
  private volatile boolean closed;
  private volatile RuntimeException failure;
  private Object next;

  Rows(Execution execution) {
    this.execution = execution;
    this.thread = new Thread(this::produce, "vql-rows");
    thread.setDaemon(true);
    thread.start();
  }

  private void produce() {
    try {
      RunResult result = execution.run(this::offer);
      if (result.limit() != null) {
        failure = new LimitException(result.limit());
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      execution.close();
      offer(END);
    }
  }

  private boolean offer(Object item) {
    try {
      while (!closed) {
        if (queue.offer(item, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  @Override
  public boolean hasNext() {
    if (next == null && !closed) {
      try {
        next = queue.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        close();
        return false;
      }
    }
    if (next == END && failure != null) {
      throw failure;
    }
    return next != null && next != END;
  }

  @Override
  public Dict next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Dict row = (Dict) next;
    next = null;
    return row;
  }

  /** The remaining rows as a stream; closing the stream closes the run. */
  public Stream<Dict> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
        .onClose(this::close);
  }

  /** Ends the run, if it still runs, and waits until everything it opened is closed. */
  @Override
  public void close() {
    closed = true;
    execution.cancel();
    queue.clear();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
