package org.minivql.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
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
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.minivql.Vql;
import org.minivql.spi.Workers;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** Workers work at the same time, but not ahead of what is wanted. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerPoolTest {
  private static final int WORKERS = 4;

  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final QueryContext query =
      new QueryContext(
          new QueryContext.Settings(
              null,
              null,
              null,
              line -> {},
              type -> null,
              text -> null,
              Limits.NONE,
              null,
              1 << 20,
              0));
  private final Scope scope = Frame.root(query, Dict.EMPTY);
  private final WorkerPool pool = new WorkerPool();

  private static Consumer<Sink> numbers(int count) {
    return sink -> {
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
        (item, out) -> seen.add(item) && out.row(item),
        row -> rows.incrementAndGet() > 0);
    assertThat(seen).hasSize(20_000);
    assertThat(rows).hasValue(20_000);
  }

  @Test
  void asManyItemsAsThereAreWorkersAreWorkedOnAtOnce() {
    CyclicBarrier together = new CyclicBarrier(WORKERS);
    AtomicInteger met = new AtomicInteger();
    pool.each(scope, WORKERS, numbers(WORKERS * 3), (item, out) -> meet(together, met), r -> true);
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
        (item, out) -> (int) item < quick || meet(together, met),
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
        (item, out) -> (int) item < quick || (int) item >= quick + WORKERS || meet(together, met),
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
        (item, out) -> {
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
        (item, out) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          now.decrementAndGet();
          return out.row(item);
        },
        row -> true);
    assertThat(most.get()).isBetween(1, 2);
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
        sink -> {
          while (sink.row(produced.incrementAndGet())) {
            Thread.onSpinWait();
          }
        },
        (item, out) -> {
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
        (item, out) -> {
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
        sink -> {
          while (sink.row("more")) {
            Thread.onSpinWait();
          }
        },
        (item, out) -> {
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
        (item, out) -> (int) item >> 1 != first >> 1 || meet(together, met),
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
        sink -> {
          numbers(quick + 1).accept(sink);
          await(passing);
          sink.row("last");
          given.countDown();
        },
        (item, out) -> {
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
        (item, out) -> {
          await(refused);
          return true;
        };
    Consumer<Sink> producer =
        sink -> {
          try {
            numbers(100).accept(sink);
          } finally {
            refused.countDown();
          }
        };
    assertThatThrownBy(
            () ->
                new WorkerCall(scope, WORKERS, task, row -> true)
                    .run(full, tick -> new CompletableFuture<>(), producer))
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
        (item, out) -> {
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
        .run(org.minivql.QueryOptions.defaults(), row -> ++rows[0] > 0);
    assertThat(rows[0]).isEqualTo(IntStream.range(0, 500).map(i -> 3).sum());
  }
}
