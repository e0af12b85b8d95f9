package org.minivql.cli.io;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells on a terminal that long work goes on: what it is, how far it is, and for how long it has
 * been going. Work that is done within a second says nothing.
 */
public final class Progress implements AutoCloseable {
  private static final long FIRST_MILLIS = 1000;
  private static final long STEP_MILLIS = 250;

  private final Log log;
  private final String what;
  private final Supplier<String> count;
  private final long start = System.nanoTime();
  private boolean over;

  private Progress(Log log, String what, Supplier<String> count) {
    this.log = log;
    this.what = what;
    this.count = count;
  }

  /** Watches over work that cannot say how far it is. */
  public static Progress of(Log log, String what) {
    return of(log, what, () -> "", FIRST_MILLIS);
  }

  /**
   * Watches over work until it is closed.
   *
   * @param count how far the work is, such as {@code 12 tests}; called from another thread
   */
  public static Progress of(Log log, String what, Supplier<String> count) {
    return of(log, what, count, FIRST_MILLIS);
  }

  public static Progress of(Log log, String what, Supplier<String> count, long firstAfter) {
    Progress progress = new Progress(log, what, count);
    if (log.showsProgress()) {
      Thread thread = new Thread(() -> progress.tell(firstAfter), "vql-progress");
      thread.setDaemon(true);
      thread.start();
    }
    return progress;
  }

  private synchronized void tell(long firstAfter) {
    try {
      if (firstAfter > 0 && !over) {
        wait(firstAfter);
      }
      while (!over) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        String far = count.get();
        log.progress(what + " … " + (far.isEmpty() ? "" : far + ", ") + seconds + " s");
        wait(STEP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    over = true;
    notifyAll();
    log.progress("");
  }
}
