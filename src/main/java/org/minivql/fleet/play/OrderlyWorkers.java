package org.minivql.fleet.play;

import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.minivql.registry.event.Turns;
import org.minivql.runtime.work.WorkerPool;
import org.minivql.spi.Workers;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/**
 * Workers that take turns: the next item is begun when the one before is done, or waits for
 * something. What they do is the same in every run.
 */
final class OrderlyWorkers implements Workers {
  private final Workers pool = new WorkerPool(this::start);
  private final Turns turns;
  private final VirtualClock clock;

  /**
   * Workers without threads.
   *
   * @param turns those that they take
   * @param clock tells the time
   */
  OrderlyWorkers(Turns turns, VirtualClock clock) {
    this.turns = turns;
    this.clock = clock;
  }

  @Override
  public void each(Scope scope, int workers, Producer producer, Task task, Sink out) {
    Call call = new Call(Math.max(1, workers));
    pool.each(
        scope,
        workers,
        (inner, feed) -> {
          try {
            producer.give(inner, item -> call.feed(inner, item, feed));
          } finally {
            turns.await(() -> call.unfinished == 0);
          }
        },
        (inner, item, rows) -> call.run(inner, item, task, rows),
        out);
  }

  @Override
  public Runnable start(Scope scope, Consumer<Scope> work) {
    return pool.start(scope, work);
  }

  private void start(Executor threads, boolean beside, Runnable work) {
    Turns.Turn turn = turns.fork(beside);
    boolean started = false;
    try {
      threads.execute(() -> turns.run(turn, work));
      started = true;
    } finally {
      if (!started) {
        turns.drop(turn);
      }
    }
  }

  @Override
  public boolean await(Scope scope, BooleanSupplier until, Instant latest) {
    BooleanSupplier over = () -> until.getAsBoolean() || !scope.alive();
    if (latest == null) {
      turns.await(over);
    } else {
      clock.await(scope, over, latest);
    }
    return true;
  }

  @Override
  public boolean settle() {
    turns.settle(Turns.Patience.GATHERING);
    return true;
  }

  /** One call with all its items. */
  private final class Call {
    private final int workers;
    private int unfinished;
    private boolean stopped;
    private boolean passing;

    Call(int workers) {
      this.workers = workers;
    }

    boolean feed(Scope inner, Object item, Sink feed) {
      turns.await(() -> unfinished < workers || isOver(inner));
      if (isOver(inner)) {
        return false;
      }
      boolean begun = false;
      unfinished++;
      try {
        begun = feed.row(item);
      } finally {
        unfinished -= begun ? 0 : 1;
      }
      turns.settle(Turns.Patience.FEEDING);
      return begun && !isOver(inner);
    }

    private boolean isOver(Scope inner) {
      return stopped || !inner.alive();
    }

    boolean run(Scope inner, Object item, Task task, Sink rows) {
      boolean more = false;
      try {
        more = !isOver(inner) && task.run(inner, item, row -> pass(row, rows));
        return more;
      } finally {
        stopped |= !more;
        unfinished--;
      }
    }

    /** Where the rows go one may have to wait; another's row must not come between. */
    private boolean pass(Object row, Sink rows) {
      turns.await(() -> !passing);
      passing = true;
      try {
        return rows.row(row);
      } finally {
        passing = false;
      }
    }
  }
}
