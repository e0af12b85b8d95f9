package org.minivql.fleet;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.minivql.registry.Rule;
import org.minivql.spi.Workers;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/**
 * Workers of which one works at a time: the next item is begun when the one before is done, or
 * waits for an event or a time. What they do is the same in every run.
 */
final class OrderlyWorkers implements Workers {
  private static final long LOOK_MILLIS = 50;

  private final Workers pool;

  /** Has the work done by others. */
  OrderlyWorkers(Workers pool) {
    this.pool = pool;
  }

  @Override
  public void each(Scope scope, int workers, Consumer<Sink> producer, Task task, Sink out) {
    Call call = new Call(scope, workers);
    pool.each(
        scope,
        workers,
        feed -> {
          producer.accept(item -> call.feed(item, feed));
          call.fed();
        },
        (ticket, rows) -> call.run((Ticket) ticket, task, rows),
        out);
  }

  @Override
  public void start(Scope scope, Runnable work) {
    pool.start(scope, work);
  }

  private record Ticket(Object item, CountDownLatch settled) {}

  /** One call with all its items. */
  private static final class Call {
    private final Scope scope;
    private final Rule rule;
    private final int workers;
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean fed;

    Call(Scope scope, int workers) {
      this.scope = scope;
      this.rule = Rule.of(scope);
      this.workers = workers;
    }

    boolean feed(Object item, Sink feed) {
      if (stopped) {
        return false;
      }
      Ticket ticket = new Ticket(item, new CountDownLatch(1));
      if (unfinished.incrementAndGet() > workers) {
        // Nobody is left for it: it is begun when one of the others has ended.
        fed();
        return feed.row(ticket);
      }
      return feed.row(ticket) && settled(ticket) && !stopped;
    }

    private boolean settled(Ticket ticket) {
      try {
        while (!ticket.settled().await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          if (!scope.alive()) {
            return false;
          }
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /** All items that can be are begun; where some of them wait, so does the rule. */
    void fed() {
      fed = true;
      if (unfinished.get() > 0) {
        rule.ready();
      }
    }

    boolean run(Ticket ticket, Task task, Sink rows) {
      Thread thread = Thread.currentThread();
      rule.branch(
          thread,
          () -> {
            ticket.settled().countDown();
            return fed;
          });
      boolean more = false;
      try {
        more = task.run(ticket.item(), rows);
        return more;
      } finally {
        rule.branch(thread, null);
        stopped |= !more;
        if (unfinished.decrementAndGet() > 0 && fed) {
          rule.ready();
        }
        ticket.settled().countDown();
      }
    }
  }
}
