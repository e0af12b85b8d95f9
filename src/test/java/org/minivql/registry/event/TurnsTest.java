package org.minivql.registry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.minivql.registry.TestClock;
import org.minivql.value.Dict;

/** Threads that take turns do the same things in the same order, and nothing waits for a time. */
class TurnsTest {
  private final Turns turns = new Turns();

  /** Not safe for several threads: only one works at a time. */
  private final List<String> done = new ArrayList<>();

  private int count;

  private Turns.Turn start(boolean beside, Runnable work) {
    Turns.Turn turn = turns.fork(beside);
    Thread thread = new Thread(() -> turns.run(turn, work));
    thread.setDaemon(true);
    thread.start();
    return turn;
  }

  private void start(Runnable work) {
    start(false, work);
  }

  @Test
  void threadsBeginInTheOrderInWhichTheyWereStartedAndOnlyWhenOthersWait() {
    start(
        () -> {
          start(() -> done.add("child"));
          done.add("first");
        });
    start(() -> done.add("second"));
    done.add("caller");

    turns.settle(Turns.Patience.CAUSING);

    assertThat(done).containsExactly("caller", "first", "second", "child");
  }

  @Test
  void whoWaitsLongestGoesOnFirst() {
    for (String name : List.of("a", "b", "c")) {
      start(
          () -> {
            turns.await(() -> count > 0);
            done.add(name);
          });
    }
    turns.settle(Turns.Patience.CAUSING);
    assertThat(done).isEmpty();

    count = 1;
    turns.settle(Turns.Patience.CAUSING);

    assertThat(done).containsExactly("a", "b", "c");
  }

  @Test
  void whoFeedsGoesOnBeforeWhoGathersAndThatBeforeWhoCauses() {
    for (Turns.Patience patience :
        List.of(Turns.Patience.CAUSING, Turns.Patience.GATHERING, Turns.Patience.FEEDING)) {
      start(
          () -> {
            turns.settle(patience);
            done.add(patience.name());
          });
    }
    start(() -> done.add("ready"));

    turns.settle(Turns.Patience.CAUSING);

    assertThat(done).containsExactly("ready", "FEEDING", "GATHERING", "CAUSING");
  }

  @Test
  void theThreadWithoutTurnsCanWaitForOthers() {
    start(
        () -> {
          count = 1;
          turns.await(() -> count == 2);
          count = 3;
        });

    turns.await(() -> count == 1);
    count = 2;
    turns.await(() -> count == 3);

    assertThat(turns.takesPart()).isFalse();
  }

  @Test
  void aThreadThatDoesNotComeIsNotWaitedFor() {
    Turns.Turn never = turns.fork(false);
    start(() -> done.add("other"));
    turns.drop(never);

    turns.settle(Turns.Patience.CAUSING);

    assertThat(done).containsExactly("other");
  }

  @Test
  void aThreadThatFailsIsOver() {
    start(
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {});
          throw new IllegalStateException("failed");
        });
    start(() -> done.add("other"));

    turns.settle(Turns.Patience.CAUSING);

    assertThat(done).containsExactly("other");
  }

  @Test
  void whatIsStartedBesideIsBesideWithAllThatItStarts() {
    start(
        true,
        () -> {
          start(() -> done.add("inner " + turns.isBeside()));
          done.add("outer " + turns.isBeside());
        });
    start(() -> done.add("other " + turns.isBeside()));

    turns.settle(Turns.Patience.CAUSING);

    assertThat(done).containsExactly("outer true", "other false", "inner true");
  }

  @Test
  void whoStillWorksAfterATimeIsToldOf() throws InterruptedException {
    Object forEver = new Object();
    start(
        () -> {
          synchronized (forEver) {
            while (count == 0) {
              waitFor(forEver);
            }
          }
        });

    assertThat(turns.settle(0)).isFalse();
    synchronized (forEver) {
      count = 1;
      forEver.notifyAll();
    }
    assertThat(turns.settle(60)).isTrue();
  }

  private static void waitFor(Object object) {
    try {
      object.wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatCannotHappenIsNotWaitedForForEver() {
    assertThatThrownBy(() -> turns.conduct(() -> turns.await(() -> false)))
        .isInstanceOf(IllegalStateException.class);

    turns.risk(() -> turns.await(() -> count == 1), () -> count = 1);

    assertThat(count).isEqualTo(1);
  }

  @Test
  void aQueryThatMayWaitHandlesItsEventsOnItsOwnThread() {
    EventBus bus = new EventBus(new TestClock(), new Quirks());
    Rule rule = new Rule("waits", Mentions.NONE, turns, true);
    start(
        () ->
            bus.watch(
                "q",
                rule,
                () -> true,
                row -> {
                  String event = " " + rule.current().seq();
                  done.add("begins" + event);
                  int wanted = done.size();
                  turns.await(() -> count >= wanted);
                  done.add("ends" + event);
                  return true;
                }));
    turns.settle(Turns.Patience.CAUSING);

    for (int i = 0; i < 2; i++) {
      bus.publish("q", "server", Dict.EMPTY, Origin.SERVER);
    }
    assertThat(done).containsExactly("begins 1");
    count = 3;
    turns.settle(Turns.Patience.CAUSING);

    assertThat(done).containsExactly("begins 1", "ends 1", "begins 2", "ends 2");
    assertThat(rule.eventsSeen()).isEqualTo(2);
    bus.close();
    turns.settle(Turns.Patience.CAUSING);
    assertThat(bus.watched()).isEmpty();
  }

  @Test
  void aQueryThatWaitsThoughNobodyTookItForThatIsGivenUp() {
    EventBus bus = new EventBus(new TestClock(), new Quirks());
    Rule rule = new Rule("stuck", Mentions.NONE, turns, false);
    rule.whenStuck(() -> count = 1);
    start(
        () ->
            bus.watch(
                "q",
                rule,
                () -> count == 0,
                row -> {
                  bus.watch("never", rule, () -> count == 0, r -> true);
                  done.add("given up");
                  return true;
                }));
    turns.settle(Turns.Patience.CAUSING);

    bus.publish("q", "server", Dict.EMPTY, Origin.SERVER);

    assertThat(done).containsExactly("given up");
    assertThat(bus.watched()).isEmpty();
  }

  /** Each thread adds its number whenever the count says that it is its turn, or any time. */
  @Property(tries = 60)
  void everyRunIsLikeTheOneBefore(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 5) Integer> threads) {
    assertThat(steps(threads)).isEqualTo(steps(threads)).hasSize(threads.size() * 4);
  }

  private List<String> steps(List<Integer> threads) {
    done.clear();
    count = 0;
    for (int i = 0; i < threads.size(); i++) {
      int kind = threads.get(i);
      String name = i + ".";
      start(
          () -> {
            for (int step = 0; step < 4; step++) {
              int now = step;
              switch (kind) {
                case 0 -> turns.settle(Turns.Patience.FEEDING);
                case 1 -> turns.settle(Turns.Patience.GATHERING);
                case 2 -> turns.settle(Turns.Patience.CAUSING);
                case 3 -> turns.await(() -> count > now);
                default -> turns.await(() -> count % 2 == kind % 2);
              }
              done.add(name + now);
              count++;
            }
          });
    }
    for (int i = 0; i < 100; i++) {
      turns.settle(Turns.Patience.CAUSING);
      count++;
    }
    return List.copyOf(done);
  }
}
