package org.minivql.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.minivql.spi.Workers;

/** Items for workers, and how those who work on them meet. */
final class Items {
  private Items() {}

  static Workers.Producer numbers(int count) {
    return (inner, sink) -> {
      for (int i = 0; i < count && sink.row(i); i++) {
        Thread.onSpinWait();
      }
    };
  }

  static boolean meet(CyclicBarrier together, AtomicInteger met) {
    try {
      together.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("the others never came", e);
    }
    return met.incrementAndGet() > 0;
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
