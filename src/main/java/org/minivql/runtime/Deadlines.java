package org.minivql.runtime;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Calls runs when their time is over, so that they need not look at the clock for each row. Its one
 * thread exists while there is something to wait for and a moment longer.
 */
public final class Deadlines {
  private static final long IDLE_SECONDS = 2;

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Deadlines::thread);

  /** Nothing to wait for yet. */
  public Deadlines() {
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "vql-timer");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs something short after so many milliseconds, unless the answer is cancelled. */
  Future<?> after(long millis, Runnable expired) {
    return timer.schedule(expired, millis, TimeUnit.MILLISECONDS);
  }
}
