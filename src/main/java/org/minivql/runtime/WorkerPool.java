package org.minivql.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.minivql.spi.Workers;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** Workers as threads that live as long as the call. */
public final class WorkerPool implements Workers {
  private static final Object END = new Object();
  private static final Object NULL = new Object();
  private static final long STACK_BYTES = 16L << 20;
  private static final long POLL_MILLIS = 20;

  /** A pool. */
  public WorkerPool() {}

  @Override
  public void each(Scope scope, int workers, Consumer<Sink> producer, Task task, Sink out) {
    new Call(scope, task, out).run(workers, producer);
  }

  @Override
  public void start(Scope scope, Runnable work) {
    Thread thread = new Thread(null, () -> guard(scope, work), "vql-background", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  private static void guard(Scope scope, Runnable work) {
    try {
      work.run();
    } catch (Cancelled e) {
      // The run is over, and so is what went on beside it.
      return;
    } catch (RuntimeException e) {
      scope.log("ERROR:PANIC: " + e);
    }
  }

  private static final class Call {
    private final SynchronousQueue<Object> items = new SynchronousQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Scope scope;
    private final Task task;
    private final Sink out;

    Call(Scope scope, Task task, Sink out) {
      this.scope = scope;
      this.task = task;
      this.out = out;
    }

    void run(int workers, Consumer<Sink> producer) {
      List<Thread> threads = new ArrayList<>();
      try {
        producer.accept(
            item -> {
              if (threads.size() < workers) {
                threads.add(start(threads.size()));
              }
              return hand(item == null ? NULL : item);
            });
      } finally {
        for (int i = 0; i < threads.size(); i++) {
          hand(END);
        }
        threads.forEach(Call::join);
      }
      Throwable thrown = failure.get();
      if (thrown instanceof RuntimeException e) {
        throw e;
      }
      if (thrown instanceof Error e) {
        throw e;
      }
    }

    private Thread start(int number) {
      Thread thread = new Thread(null, this::work, "vql-worker-" + number, STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
      return thread;
    }

    private boolean hand(Object item) {
      try {
        while (!finished()) {
          if (items.offer(item, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            return true;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        over.set(true);
      }
      return false;
    }

    private boolean finished() {
      return over.get() || !scope.alive();
    }

    private void work() {
      try {
        while (!finished()) {
          Object item = items.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
          if (item == END) {
            return;
          }
          if (item != null && !task.run(item == NULL ? null : item, this::guarded)) {
            over.set(true);
          }
        }
      } catch (InterruptedException e) {
        over.set(true);
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
        over.set(true);
      }
    }

    private synchronized boolean guarded(Object row) {
      if (over.get()) {
        return false;
      }
      boolean more = out.row(row);
      if (!more) {
        over.set(true);
      }
      return more;
    }

    private static void join(Thread thread) {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          thread.interrupt();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
