package org.minivql.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.minivql.runtime.work.Items.await;
import static org.minivql.runtime.work.Items.meet;
import static org.minivql.runtime.work.Items.numbers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.runtime.Cancelled;
import org.minivql.runtime.Frame;
import org.minivql.runtime.QueryContext;
import org.minivql.spi.Workers;
import org.minivql.testing.Contexts;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** Calls of workers end as soon as something ends them, and leave nothing behind. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerEndsTest {
  private static final int WORKERS = 4;

  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final QueryContext query = Contexts.bare();
  private final Scope scope = Frame.root(query, Dict.EMPTY);
  private final WorkerPool pool = new WorkerPool();

  @Test
  void whatWaitsForeverEndsWhenNoMoreRowsAreWanted() {
    String silent = "SELECT * FROM clock(period=1) WHERE FALSE";
    int[] rows = new int[1];
    Vql.builder()
        .build()
        .compile(
            "SELECT * FROM combine(a={"
                + silent
                + "}, b={SELECT 1 AS A FROM scope()}) LIMIT 1"
                + " SELECT * FROM foreach(row={SELECT * FROM chain(a={SELECT 1 AS A FROM scope()},"
                + " b={"
                + silent
                + "})}, workers=2, query={SELECT A FROM scope()}) LIMIT 1"
                + " SELECT 3 AS A FROM scope()")
        .run(QueryOptions.defaults(), row -> ++rows[0] > 0);
    assertThat(rows[0]).isEqualTo(3);
  }

  @Test
  void whatACallLeavesBehindGoesOnAndEndsWithTheRun() {
    AtomicReference<Scope> left = new AtomicReference<>();
    AtomicBoolean during = new AtomicBoolean(true);
    pool.each(
        scope,
        WORKERS,
        numbers(1),
        (inner, item, out) -> {
          left.set(inner);
          boolean more = out.row(item);
          during.set(inner.alive());
          return more;
        },
        row -> false);
    assertThat(during).isFalse();
    assertThat(scope.alive()).isTrue();
    assertThat(left.get().alive()).isTrue();
    QueryContext inside = ((Frame) left.get()).query().enter(Map.of(), false);
    query.cancel();
    assertThat(left.get().alive()).isFalse();
    assertThat(left.get().pause(Duration.ofDays(1))).isFalse();
    assertThat(inside.alive()).isFalse();
  }

  @Test
  void aCallInsideACallEndsWithIt() {
    AtomicBoolean paused = new AtomicBoolean(true);
    CountDownLatch begun = new CountDownLatch(1);
    pool.each(
        scope,
        2,
        numbers(2),
        (inner, item, out) -> {
          if (item.equals(1)) {
            await(begun);
            return out.row(item);
          }
          pool.each(
              inner,
              1,
              numbers(1),
              (innermost, deep, rows) -> {
                begun.countDown();
                paused.set(innermost.pause(Duration.ofDays(1)));
                return true;
              },
              out);
          return true;
        },
        row -> false);
    assertThat(paused).isFalse();
    assertThat(scope.alive()).isTrue();
  }

  @Test
  void whatTasksRegisterIsClosedWithTheScopeOfTheCaller() {
    List<String> closed = Collections.synchronizedList(new ArrayList<>());
    Scope owner = scope.owned(Dict.EMPTY);
    pool.each(
        owner,
        1,
        (inner, items) -> {
          inner.onClose(() -> closed.add("producer"));
          items.row(1);
        },
        (inner, item, out) -> {
          inner.onClose(() -> closed.add("task"));
          return true;
        },
        row -> true);
    assertThat(closed).isEmpty();
    owner.end();
    assertThat(closed).containsExactlyInAnyOrder("producer", "task");
  }

  @Test
  void anInterruptedWaitEndsTheWholeRun() {
    pool.each(
        scope,
        1,
        (inner, items) -> {
          Thread.currentThread().interrupt();
          inner.pause(Duration.ofDays(1));
        },
        (inner, item, out) -> true,
        row -> true);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(scope.alive()).isFalse();
  }

  @Test
  void workThatIsUnwoundEndsTheCallerOnlyWithItsRun() {
    Workers.Task task =
        (inner, item, out) -> {
          out.row(item);
          throw new Cancelled();
        };
    pool.each(scope, 1, numbers(1), task, row -> false);
    assertThat(scope.alive()).isTrue();
    Sink ending =
        row -> {
          query.cancel();
          return false;
        };
    assertThatThrownBy(() -> pool.each(scope, 1, numbers(1), task, ending))
        .isInstanceOf(Cancelled.class);
  }

  @Test
  void theFirstFailureEndsTheCallAndIsThrown() {
    AtomicInteger after = new AtomicInteger();
    Workers.Task task =
        (inner, item, out) -> {
          if (item.equals(7)) {
            throw new IllegalStateException("seven");
          }
          return after.incrementAndGet() > 0;
        };
    assertThatThrownBy(() -> pool.each(scope, WORKERS, numbers(1_000_000), task, row -> true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("seven");
    assertThat(after.get()).isLessThan(1_000_000 - 1);
  }

  @Test
  void aCancelledCallEnds() {
    AtomicInteger worked = new AtomicInteger();
    AtomicInteger after = new AtomicInteger();
    pool.each(
        scope,
        WORKERS,
        (inner, sink) -> {
          while (sink.row("more")) {
            Thread.onSpinWait();
          }
        },
        (inner, item, out) -> {
          if (cancelled.get()) {
            after.incrementAndGet();
          }
          if (worked.incrementAndGet() == 1000) {
            query.cancel();
            cancelled.set(true);
          }
          return true;
        },
        row -> true);
    assertThat(cancelled).isTrue();
    // What a worker had in its hands when the run was cancelled it may begin; nothing else.
    assertThat(after.get()).isLessThanOrEqualTo(WORKERS);
  }

  @Test
  void aCallEndsWhereNoThreadCanBeStarted() {
    AtomicInteger threads = new AtomicInteger();
    Executor full =
        work -> {
          if (threads.incrementAndGet() > 1) {
            throw new OutOfMemoryError("no more threads");
          }
          new Thread(work).start();
        };
    CountDownLatch refused = new CountDownLatch(1);
    Workers.Task task =
        (inner, item, out) -> {
          await(refused);
          return true;
        };
    Workers.Producer producer =
        (inner, sink) -> {
          try {
            numbers(100).give(scope, sink);
          } finally {
            refused.countDown();
          }
        };
    assertThatThrownBy(
            () ->
                new WorkerCall(
                        (Frame) scope,
                        WORKERS,
                        task,
                        row -> true,
                        full,
                        tick -> new CompletableFuture<>())
                    .run(producer))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void nobodyIsCalledForRowsThatSomebodyIsAboutToPassOn() throws InterruptedException {
    AtomicInteger started = new AtomicInteger();
    BlockingQueue<Runnable> ticks = new LinkedBlockingQueue<>();
    CountDownLatch taking = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    WorkerCall call =
        new WorkerCall(
            (Frame) scope,
            2,
            (inner, item, out) -> out.row(item),
            row -> {
              taking.countDown();
              await(go);
              return true;
            },
            work -> {
              started.incrementAndGet();
              new Thread(work).start();
            },
            tick -> {
              ticks.add(tick);
              return new CompletableFuture<>();
            });
    Thread caller = new Thread(() -> call.run(numbers(6)));
    caller.start();
    await(taking);
    Runnable tick = ticks.take();
    for (int i = 0; i < 1000; i++) {
      tick.run();
    }
    go.countDown();
    caller.join();
    // Each worker, and one for each of them whose row was found waiting.
    assertThat(started.get()).isLessThanOrEqualTo(4);
  }

  @Test
  void whoFailedTakingARowIsNotGivenMore() {
    AtomicInteger rows = new AtomicInteger();
    Sink failing =
        row -> {
          rows.incrementAndGet();
          throw new IllegalStateException("enough");
        };
    CyclicBarrier together = new CyclicBarrier(WORKERS);
    CountDownLatch passed = new CountDownLatch(WORKERS);
    Workers.Task task =
        (inner, item, out) -> {
          meet(together, new AtomicInteger());
          try {
            return out.row(item);
          } finally {
            passed.countDown();
            await(passed);
          }
        };
    assertThatThrownBy(() -> pool.each(scope, WORKERS, numbers(WORKERS), task, failing))
        .hasMessage("enough");
    assertThat(rows).hasValue(1);
  }
}
