package org.minivql.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
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

/** Workers work at the same time, but not ahead of what is wanted. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerPoolTest {
  private static final int WORKERS = 4;

  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final QueryContext query = Contexts.bare();
  private final Scope scope = Frame.root(query, Dict.EMPTY);
  private final WorkerPool pool = new WorkerPool();

  private static Workers.Producer numbers(int count) {
    return (inner, sink) -> {
      for (int i = 0; i < count && sink.row(i); i++) {
        Thread.onSpinWait();
      }
    };
  }

  @Test
  void everyItemIsWorkedOnOnce() {
    Set<Object> seen = Collections.synchronizedSet(new HashSet<>());
    AtomicInteger rows = new AtomicInteger();
    pool.each(
        scope,
        WORKERS,
        numbers(20_000),
        (inner, item, out) -> seen.add(item) && out.row(item),
        row -> rows.incrementAndGet() > 0);
    assertThat(seen).hasSize(20_000);
    assertThat(rows).hasValue(20_000);
  }

  @Test
  void asManyItemsAsThereAreWorkersAreWorkedOnAtOnce() {
    CyclicBarrier together = new CyclicBarrier(WORKERS);
    AtomicInteger met = new AtomicInteger();
    pool.each(
        scope, WORKERS, numbers(WORKERS * 3), (inner, item, out) -> meet(together, met), r -> true);
    assertThat(met).hasValue(WORKERS * 3);
  }

  @Test
  void itemsThatWaitForEachOtherMeetAlsoAfterManyQuickOnes() {
    CyclicBarrier together = new CyclicBarrier(WORKERS);
    AtomicInteger met = new AtomicInteger();
    int quick = 30_000;
    pool.each(
        scope,
        WORKERS,
        numbers(quick + WORKERS),
        (inner, item, out) -> (int) item < quick || meet(together, met),
        row -> true);
    assertThat(met).hasValue(WORKERS);
  }

  @Test
  void noWorkerKeepsItemsThatAnotherCouldBegin() {
    CyclicBarrier together = new CyclicBarrier(WORKERS);
    AtomicInteger met = new AtomicInteger();
    int quick = 30_000;
    pool.each(
        scope,
        WORKERS,
        numbers(2 * quick),
        (inner, item, out) ->
            (int) item < quick || (int) item >= quick + WORKERS || meet(together, met),
        row -> true);
    assertThat(met).hasValue(WORKERS);
  }

  @Test
  void rowsOfQuickItemsDoNotWaitForASlowOne() {
    int quick = 20_000;
    CountDownLatch rows = new CountDownLatch(quick);
    AtomicBoolean waited = new AtomicBoolean();
    pool.each(
        scope,
        2,
        numbers(quick + 1),
        (inner, item, out) -> {
          if ((int) item < quick) {
            return out.row(item);
          }
          try {
            waited.set(rows.await(30, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return true;
        },
        row -> {
          rows.countDown();
          return true;
        });
    assertThat(waited).isTrue();
  }

  @Test
  void notMoreItemsAreWorkedOnAtOnceThanThereAreWorkers() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    pool.each(
        scope,
        2,
        numbers(30_000),
        (inner, item, out) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          now.decrementAndGet();
          return out.row(item);
        },
        row -> true);
    assertThat(most.get()).isBetween(1, 2);
  }

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

  private static boolean meet(CyclicBarrier together, AtomicInteger met) {
    try {
      together.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("the others never came", e);
    }
    return met.incrementAndGet() > 0;
  }

  @Test
  void theProducerWaitsForTheWorkers() {
    AtomicInteger produced = new AtomicInteger();
    CountDownLatch stalled = new CountDownLatch(WORKERS);
    pool.each(
        scope,
        WORKERS,
        (inner, sink) -> {
          while (sink.row(produced.incrementAndGet())) {
            Thread.onSpinWait();
          }
        },
        (inner, item, out) -> {
          stalled.countDown();
          try {
            stalled.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return out.row(item);
        },
        row -> false);
    assertThat(produced.get()).isLessThan(4096);
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

  /** Items that wait for each other near the end, whoever has taken them by then. */
  @RepeatedTest(10)
  void theProducerKeepsNoItemsThatAnotherCouldBegin() {
    CyclicBarrier together = new CyclicBarrier(2);
    AtomicInteger met = new AtomicInteger();
    int quick = 30_000;
    int first = quick - 100;
    pool.each(
        scope,
        WORKERS,
        numbers(quick),
        (inner, item, out) -> (int) item >> 1 != first >> 1 || meet(together, met),
        row -> true);
    assertThat(met).hasValue(2);
  }

  /** The last item is given while the only worker, who has found nothing, passes rows on. */
  @Test
  void theLastItemIsFoundByAWorkerThatLookedJustBefore() {
    Thread caller = Thread.currentThread();
    CountDownLatch passing = new CountDownLatch(1);
    CountDownLatch given = new CountDownLatch(1);
    Set<Object> seen = Collections.synchronizedSet(new HashSet<>());
    int quick = 2000;
    pool.each(
        scope,
        1,
        (inner, sink) -> {
          numbers(quick + 1).give(scope, sink);
          await(passing);
          sink.row("last");
          given.countDown();
        },
        (inner, item, out) -> {
          seen.add(item);
          // Slow for a moment: the producer does not help, so this one has to.
          for (long begun = System.nanoTime();
              item.equals(quick) && System.nanoTime() - begun < 1_000_000; ) {
            Thread.onSpinWait();
          }
          return !item.equals(quick) || out.row(item);
        },
        row -> {
          passing.countDown();
          await(given);
          while (caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          return true;
        });
    assertThat(seen).hasSize(quick + 2).contains("last");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
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

  @Test
  void workersOfAProgramGiveAllRows() {
    int[] rows = new int[1];
    Vql.builder()
        .build()
        .compile(
            "SELECT * FROM foreach(row={SELECT * FROM range(end=500)}, workers=8,"
                + " query={SELECT * FROM range(end=3)})")
        .run(QueryOptions.defaults(), row -> ++rows[0] > 0);
    assertThat(rows[0]).isEqualTo(IntStream.range(0, 500).map(i -> 3).sum());
  }
}
