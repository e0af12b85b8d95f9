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

  private final Starter starter;

  private final ScheduledThreadPoolExecutor ticks =
      new ScheduledThreadPoolExecutor(1, WorkerPool::thread);

  /** Starts threads for somebody who decides when they work. */
  @FunctionalInterface
  public interface Starter {
    /**
     * Starts a thread.
     *
     * @param threads starts it at once
     * @param beside whether it works beside the query, and not on an item
     * @param work what the thread is to do
     */
    void start(Executor threads, boolean beside, Runnable work);
  }

  /** A pool without threads. */
  public WorkerPool() {
    this(null);
  }

  /**
   * A pool that starts a thread for each item. Who gives the items sees to it that they are not too
   * many at once, and returns when all are done.
   *
   * @param starter starts the threads; null for a pool that decides itself how many there are
   */
  public WorkerPool(Starter starter) {
    this.starter = starter;
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
    Frame inner = ((Frame) scope).in(part);
    try {
      if (starter == null) {
        new WorkerCall(inner, workers, task, out, threads, this::every).run(producer);
      } else {
        Executor started = work -> starter.start(threads, false, work);
        new EachItem(inner, task, out, started).run(producer);
      }
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
  public Runnable start(Scope scope, Consumer<Scope> work) {
    scope.claim(Limit.THREADS, 1);
    QueryContext part = ((Frame) scope).query().beyond().part();
    Frame beyond = ((Frame) scope).in(part);
    Runnable guarded = () -> guard(beyond, work);
    if (starter == null) {
      background(guarded);
    } else {
      starter.start(WorkerPool::background, true, guarded);
    }
    return part::cancel;
  }

  private static void background(Runnable work) {
    Thread thread = new Thread(null, work, "vql-background", STACK_BYTES);
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
