package org.minivql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Inputs that nobody would write. */
class FuzzTest {
  private static final long SEED = 1;

  private static Fuzzer fuzzer(Targets target, long seed) throws Exception {
    List<byte[]> corpus = target.corpus();
    assertThat(corpus).isNotEmpty();
    return new Fuzzer(
        target.name().toLowerCase(Locale.ROOT), target::run, corpus, target.words(), seed);
  }

  @ParameterizedTest
  @EnumSource
  void shortly(Targets target) throws Exception {
    int inputs = target == Targets.EVALUATOR || target == Targets.FLEET ? 600 : 2000;
    AtomicInteger left = new AtomicInteger(inputs);
    fuzzer(target, SEED).run(() -> left.getAndDecrement() > 0);
  }

  /** With the fuzzer that mutates what reaches new code; only the long tests have it. */
  @Tag("soak")
  @Test
  void eachForAMinute() throws Exception {
    Assumptions.assumeTrue(Main.isThere());
    Queue<String> said = new ConcurrentLinkedQueue<>();
    try {
      Main.fuzz(List.of(Targets.values()), "60", said::add);
    } catch (ExecutionException e) {
      said.forEach(System.err::println);
      throw e;
    }
  }

  @Test
  void failuresAreNoticedAndKept() {
    Target bad =
        input -> {
          if (input.length > 0 && input[0] == 'B') {
            throw new IllegalStateException("bad");
          }
          return input.length;
        };
    AtomicInteger left = new AtomicInteger(100_000);
    Fuzzer fuzzer = new Fuzzer("self", bad, List.of(new byte[] {'A'}), List.of("B"), SEED);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> fuzzer.run(() -> left.getAndDecrement() > 0))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("self: java.lang.IllegalStateException: bad; the input is in ");
  }
}
