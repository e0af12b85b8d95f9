package org.minivql.runtime.work;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.minivql.runtime.Cancelled;
import org.minivql.runtime.Frame;
import org.minivql.runtime.QueryContext;
import org.minivql.spi.Workers;
import org.minivql.value.Limit;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** Workers as threads that wait a moment for the next call before they end. */
public final class WorkerPool implements Workers {
  private static final long STACK_BYTES = 16L << 20;
  private static final long IDLE_SECONDS = 2;
  private static final long TICK_MILLIS = 5;

  private final Executor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          WorkerPool::thread);

  private final ScheduledThreadPoolExecutor ticks =
      new ScheduledThreadPoolExecutor(1, WorkerPool::thread);

  /** A pool without threads. */
  public WorkerPool() {
    ticks.setRemoveOnCancelPolicy(true);
    ticks.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    ticks.allowCoreThreadTimeOut(true);
  }

  private Future<?> every(Runnable work) {
    return ticks.scheduleWithFixedDelay(work, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "vql-worker", STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void each(Scope scope, int workers, Producer producer, Task task, Sink out) {
    scope.claim(Limit.THREADS, workers);
    QueryContext outer = ((Frame) scope).query();
    QueryContext part = outer.part();
    Workers asked = scope.service(Workers.class);
    boolean steady = asked != null && asked.orderly();
    try {
      new WorkerCall(((Frame) scope).in(part), workers, steady, task, out, threads, this::every)
          .run(producer);
    } catch (Cancelled e) {
      if (!outer.alive()) {
        throw e;
      }
    } finally {
      outer.join(part);
      scope.release(Limit.THREADS, workers);
    }
  }

  @Override
  public void start(Scope scope, Consumer<Scope> work) {
    scope.claim(Limit.THREADS, 1);
    Frame beyond = ((Frame) scope).in(((Frame) scope).query().beyond());
    Thread thread = new Thread(null, () -> guard(beyond, work), "vql-background", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  private static void guard(Scope scope, Consumer<Scope> work) {
    try {
      work.accept(scope);
    } catch (Cancelled e) {
      // The run is over, and so is what went on beside it.
      return;
    } catch (RuntimeException e) {
      scope.log("ERROR:PANIC: " + e);
    } catch (OutOfMemoryError e) {
      ((Frame) scope).query().end(Limit.MEMORY);
    } finally {
      scope.release(Limit.THREADS, 1);
    }
  }
}
