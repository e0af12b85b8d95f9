package org.minivql.fleet.play;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.minivql.registry.event.Rule;
import org.minivql.spi.Workers;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/**
 * Workers of which one works at a time: the next item is begun when the one before is done, or
 * waits for an event or a time. What they do is the same in every run.
 */
final class OrderlyWorkers implements Workers {
  private static final long LOOK_MILLIS = 50;
  private static final long PATIENCE_SECONDS = 5;

  private final Workers pool;
  private final Map<Thread, Ticket> working = new ConcurrentHashMap<>();
  private final Map<Thread, Call> feeding = new ConcurrentHashMap<>();
  private final Map<Thread, Beside> beside = new ConcurrentHashMap<>();
  private final Map<Thread, Rule> left = new ConcurrentHashMap<>();
  private final AtomicInteger unsettled = new AtomicInteger();

  /** Has the work done by others. */
  OrderlyWorkers(Workers pool) {
    this.pool = pool;
  }

  @Override
  public void each(Scope scope, int workers, Producer producer, Task task, Sink out) {
    Thread thread = Thread.currentThread();
    Call call = new Call(scope, workers, thread, feeding.get(thread));
    feeding.put(thread, call);
    unsettled.incrementAndGet();
    try {
      each(call, scope, workers, producer, task, out);
    } finally {
      call.settle();
      if (call.outer == null) {
        feeding.remove(thread);
      } else {
        feeding.put(thread, call.outer);
      }
    }
  }

  private void each(Call call, Scope scope, int workers, Producer producer, Task task, Sink out) {
    pool.each(
        scope,
        workers,
        (inner, feed) -> {
          producer.give(inner, item -> call.feed(item, feed));
          call.fed();
        },
        (inner, ticket, rows) -> call.run(inner, (Ticket) ticket, task, rows),
        out);
  }

  @Override
  public void start(Scope scope, Consumer<Scope> work) {
    Beside started = new Beside(Rule.of(scope), work);
    boolean running = false;
    try {
      pool.start(scope, started);
      running = true;
    } finally {
      if (!running) {
        started.begun();
      }
    }
  }

  /** A thread that waits for others holds up neither the items after its own, nor what it feeds. */
  @Override
  public void waiting() {
    Thread thread = Thread.currentThread();
    waiting(thread);
    Rule rule = left.remove(thread);
    if (rule != null) {
      rule.ready();
    }
  }

  /** Only what an event causes is waited for; what begins or waits for a time says so itself. */
  @Override
  public void leaves(Scope scope) {
    Rule rule = Rule.of(scope);
    if (rule.current() != null) {
      left.put(Thread.currentThread(), rule);
      rule.busy();
    }
  }

  @Override
  public void awaitLeft(Scope scope) {
    Rule.of(scope).settle(PATIENCE_SECONDS);
  }

  private void waiting(Thread thread) {
    for (Call call = feeding.get(thread); call != null; call = call.outer) {
      call.settle();
    }
    Beside started = beside.get(thread);
    if (started != null) {
      started.begun();
    }
    Ticket ticket = working.get(thread);
    if (ticket != null) {
      boolean all = ticket.call().fed;
      ticket.settled().countDown();
      if (all) {
        // With its last item the whole call waits, and so does its caller.
        waiting(ticket.call().caller);
      }
    }
  }

  @Override
  public boolean settled() {
    return unsettled.get() == 0;
  }

  @Override
  public boolean orderly() {
    return true;
  }

  /** Work beside the query, without which the rule is not ready. */
  private final class Beside implements Consumer<Scope> {
    private final Rule rule;
    private final Consumer<Scope> work;
    private final AtomicBoolean begun = new AtomicBoolean();

    Beside(Rule rule, Consumer<Scope> work) {
      this.rule = rule;
      this.work = work;
      rule.begins();
    }

    @Override
    public void accept(Scope scope) {
      Thread thread = Thread.currentThread();
      beside.put(thread, this);
      rule.branch(thread, this::waits);
      try {
        work.accept(scope);
      } finally {
        rule.branch(thread, null);
        beside.remove(thread);
        left.remove(thread);
        begun();
      }
    }

    void begun() {
      if (begun.compareAndSet(false, true)) {
        rule.begun(false);
      }
    }

    /** Said once only: a second time could come when the rule is busy with what happened since. */
    private boolean waits() {
      boolean first = begun.compareAndSet(false, true);
      if (first) {
        rule.begun(true);
      }
      return !first;
    }
  }

  private record Ticket(Object item, Call call, CountDownLatch settled) {}

  /** One call with all its items. */
  private final class Call {
    private final Scope scope;
    private final Rule rule;
    private final int workers;
    private final Thread caller;
    private final Call outer;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean fed;

    Call(Scope scope, int workers, Thread caller, Call outer) {
      this.caller = caller;
      this.outer = outer;
      this.scope = scope;
      this.rule = Rule.of(scope);
      this.workers = workers;
    }

    boolean feed(Object item, Sink feed) {
      if (stopped) {
        return false;
      }
      Ticket ticket = new Ticket(item, this, new CountDownLatch(1));
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
      settle();
    }

    /** No more items are begun before some have ended. */
    void settle() {
      if (settled.compareAndSet(false, true)) {
        unsettled.decrementAndGet();
      }
    }

    boolean run(Scope inner, Ticket ticket, Task task, Sink rows) {
      Thread thread = Thread.currentThread();
      Ticket before = working.put(thread, ticket);
      BooleanSupplier outside =
          rule.branch(
              thread,
              () -> {
                // Asked first: who waited for this item goes on at once, and things may happen.
                boolean all = fed;
                ticket.settled().countDown();
                return all;
              });
      boolean more = false;
      try {
        more = task.run(inner, ticket.item(), rows);
        return more;
      } finally {
        if (before == null) {
          working.remove(thread);
        } else {
          working.put(thread, before);
        }
        rule.branch(thread, outside);
        stopped |= !more || !inner.alive();
        boolean feeding = left.remove(thread) != null && !fed;
        if ((unfinished.decrementAndGet() > 0 && fed || feeding) && !stopped) {
          // Where no more rows are wanted, the others end, too, and the rule waits or is over then.
          rule.ready();
        }
        ticket.settled().countDown();
      }
    }
  }
}
