package org.minivql.runtime.work;

import java.util.concurrent.atomic.AtomicReference;
import org.minivql.runtime.Frame;
import org.minivql.value.Sink;

/** How a call of workers ends before its items do: any of its threads may end it. */
final class Ending {
  private final Frame scope;
  private final Sink out;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean over;

  /**
   * A call that goes on.
   *
   * @param out where the rows go until nobody wants more
   */
  Ending(Frame scope, Sink out) {
    this.scope = scope;
    this.out = out;
  }

  /** Whether items that are left need not be worked on. */
  boolean isFinished() {
    return over || !scope.alive();
  }

  /** Whether a thread of the call ended it. */
  boolean isOver() {
    return over;
  }

  /** Leaves the items that are not begun. */
  void giveUp() {
    over = true;
  }

  /** Nothing more is wanted: whoever waits for a time or a row that never comes stops, too. */
  void stop() {
    over = true;
    scope.query().cancel();
  }

  void fail(Throwable thrown) {
    failure.compareAndSet(null, thrown);
    stop();
  }

  /** Passes on a row, one thread at a time; false when no more are wanted. */
  boolean pass(Object row) {
    if (over) {
      return false;
    }
    try {
      boolean wanted = out.row(row);
      if (!wanted) {
        stop();
      }
      return wanted;
    } catch (RuntimeException | Error e) {
      // Said while nobody else can pass on a row: whoever failed is not given more.
      fail(e);
      throw e;
    }
  }

  /** Throws what the first thread that failed threw. */
  void rethrow() {
    Throwable thrown = failure.get();
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
  }
}
