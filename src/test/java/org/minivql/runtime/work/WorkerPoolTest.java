package org.minivql.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minivql.runtime.work.Items.await;
import static org.minivql.runtime.work.Items.meet;
import static org.minivql.runtime.work.Items.numbers;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.runtime.Frame;
import org.minivql.testing.Contexts;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/** Workers work at the same time, but not ahead of what is wanted. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerPoolTest {
  private static final int WORKERS = 4;

  private final Scope scope = Frame.root(Contexts.bare(), Dict.EMPTY);
  private final WorkerPool pool = new WorkerPool();

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

  @RepeatedTest(20)
  void itemsThatWaitForEachOtherMeetWhileTheProducerGivesNoMore() {
    CyclicBarrier together = new CyclicBarrier(WORKERS);
    AtomicInteger met = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(WORKERS);
    pool.each(
        scope,
        WORKERS,
        (inner, sink) -> {
          numbers(WORKERS).give(inner, sink);
          await(done);
        },
        (inner, item, out) -> {
          boolean wanted = meet(together, met);
          done.countDown();
          return wanted;
        },
        row -> true);
    assertThat(met).hasValue(WORKERS);
  }

  @RepeatedTest(20)
  void theLastItemsMeetToo() {
    CyclicBarrier together = new CyclicBarrier(WORKERS);
    AtomicInteger met = new AtomicInteger();
    pool.each(
        scope, WORKERS, numbers(WORKERS), (inner, item, out) -> meet(together, met), row -> true);
    assertThat(met).hasValue(WORKERS);
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
