package org.minivql.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows on their way out are out when it is said so. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutboxTest {
  @Test
  void whoFindsNothingWaitingFindsAllRowsPassedOn() throws InterruptedException {
    List<Object> passed = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch passing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Outbox outbox =
        new Outbox(
            row -> {
              passing.countDown();
              await(go);
              return passed.add(row);
            },
            new ReentrantLock());
    outbox.direct(false);
    outbox.row("a");
    Thread slow = new Thread(outbox::flush);
    slow.start();
    passing.await();
    List<Object> found = new ArrayList<>();
    Thread other =
        new Thread(
            () -> {
              outbox.flush();
              found.addAll(passed);
            });
    other.start();
    while (other.getState() != Thread.State.WAITING
        && other.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
    go.countDown();
    slow.join();
    other.join();
    assertThat(found).containsExactly("a");
  }

  @Test
  void rowsAreNotPassedOnAgainAfterAFailure() {
    List<Object> seen = new ArrayList<>();
    Outbox outbox =
        new Outbox(
            row -> {
              seen.add(row);
              if (seen.size() == 1) {
                throw new IllegalStateException("first");
              }
              return true;
            },
            new ReentrantLock());
    outbox.direct(false);
    outbox.row("a");
    assertThatThrownBy(outbox::flush).hasMessage("first");
    outbox.row("b");
    assertThat(outbox.flush()).isTrue();
    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void allRowsLeaveOnceAndInOrderWhoeverPassesThemOn() throws InterruptedException {
    int count = 200_000;
    List<Object> passed = new ArrayList<>();
    ReentrantLock turn = new ReentrantLock();
    Outbox outbox = new Outbox(passed::add, turn);
    outbox.direct(false);
    AtomicBoolean done = new AtomicBoolean();
    Thread other =
        new Thread(
            () -> {
              while (!done.get()) {
                outbox.flush();
                // Held for a while now and then, so that the worker finds it full.
                turn.lock();
                for (int i = 0; i < 20_000; i++) {
                  Thread.onSpinWait();
                }
                turn.unlock();
              }
            });
    other.start();
    for (int i = 0; i < count; i++) {
      assertThat(outbox.row(i)).isTrue();
    }
    done.set(true);
    other.join();
    assertThat(outbox.flush()).isTrue();
    assertThat(passed).isEqualTo(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void nobodyWaitsForARowThatCameAlone() {
    List<Object> passed = new ArrayList<>();
    Outbox outbox = new Outbox(passed::add, new ReentrantLock());
    outbox.direct(false);
    assertThat(outbox.isStale()).isFalse();
    outbox.row("a");
    assertThat(outbox.isStale()).isFalse();
    assertThat(outbox.isStale()).isTrue();
    outbox.flush();
    assertThat(outbox.isStale()).isFalse();
    assertThat(passed).containsExactly("a");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
