package org.minivql.registry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.minivql.registry.TestClock;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

class EventBusTest {
  private final Quirks quirks = new Quirks();
  private final EventBus bus = new EventBus(new TestClock(), quirks);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() throws InterruptedException {
    bus.close();
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private Future<?> watch(String queue, Rule rule, Sink out) throws InterruptedException {
    Future<?> run = threads.submit(() -> bus.watch(queue, rule, () -> true, out));
    assertThat(rule.awaitReady(10)).isTrue();
    return run;
  }

  private Event send(String queue, Object value) {
    return bus.publish(queue, "server", Dict.of("v", value), Origin.SERVER);
  }

  @Test
  void publishReturnsWhenEverybodyHasHandledTheEvent() throws Exception {
    bus.listen("q", EventBus.Phase.LAST, e -> seen.add("last"));
    bus.listen("q", EventBus.Phase.FIRST, e -> seen.add("first"));
    watch("q", new Rule("a"), row -> seen.add("a " + row));
    watch("q", new Rule("b"), row -> seen.add("b"));
    send("q", 1L);
    send("other", 1L);
    assertThat(seen).containsExactly("first", "a {v=1, _ts=1590938885, _Source=q}", "b", "last");
  }

  @Test
  void whatAHandlerSendsComesAfterTheEventItself() throws Exception {
    Rule rule = new Rule("a");
    watch(
        "q",
        rule,
        row -> {
          bus.publish("next", "server", Dict.EMPTY, new Origin("me", "a", rule.current()));
          return seen.add("a");
        });
    watch("q", new Rule("b"), row -> seen.add("b"));
    bus.listen("next", EventBus.Phase.FIRST, e -> seen.add("next by " + e.cause()));
    send("q", 1L);
    assertThat(seen).containsExactly("a", "b", "next by q#1 {v=1}");
  }

  @Test
  void aWatchBeginsWithTheNextEventAndEndsWhenNoMoreAreWanted() throws Exception {
    send("q", 0L);
    Future<?> run = watch("q", new Rule("a"), row -> seen.add("row") && seen.size() < 2);
    send("q", 1L);
    send("q", 2L);
    send("q", 3L);
    run.get(10, TimeUnit.SECONDS);
    assertThat(seen).hasSize(2);
    assertThat(bus.count("q")).isEqualTo(4);
  }

  @Test
  void anErrorOfAQueryEndsThatQueryOnly() throws Exception {
    Future<?> run =
        watch(
            "q",
            new Rule("bad"),
            row -> {
              throw new IllegalStateException("mine");
            });
    watch("q", new Rule("good"), row -> seen.add("good"));
    send("q", 1L);
    assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("mine");
    send("q", 2L);
    assertThat(seen).containsExactly("good", "good");
  }

  @Test
  void cancellingAQueryEndsItsWatch() throws Exception {
    boolean[] alive = {true};
    Rule rule = new Rule("a");
    Future<?> run = threads.submit(() -> bus.watch("q", rule, () -> alive[0], row -> true));
    assertThat(rule.awaitReady(10)).isTrue();
    alive[0] = false;
    run.get(10, TimeUnit.SECONDS);
    assertThat(bus.watched()).isEmpty();
  }

  @Test
  void aCancelledQuerySeesNothingMoreHoweverLateItsThreadNotices() throws Exception {
    boolean[] alive = {true};
    Rule first = new Rule("first");
    Rule second = new Rule("second");
    watch("q", first, row -> (alive[0] = false) || seen.add("first"));
    threads.submit(() -> bus.watch("q", second, () -> alive[0], row -> seen.add("second")));
    assertThat(second.awaitReady(10)).isTrue();
    send("q", 1L);
    send("q", 2L);
    assertThat(first.eventsSeen()).isEqualTo(2);
    assertThat(second.eventsSeen()).isZero();
    assertThat(seen).containsExactly("first", "first");
  }

  @Test
  void rulesThatTriggerEachOtherAreStopped() throws Exception {
    Rule ping = new Rule("Ping");
    Rule pong = new Rule("Pong");
    watch("a", ping, row -> echo("b", ping));
    watch("b", pong, row -> echo("a", pong));
    send("a", 1L);
    assertThat(ping.eventsSeen()).isBetween(1000L, 1010L);
    assertThat(quirks.warnings())
        .singleElement()
        .satisfies(
            w -> {
              assertThat(w.id()).isEqualTo("W-LOOP");
              assertThat(w.message()).contains("Ping -> b -> Pong -> a -> Ping");
            });
    seen.clear();
    bus.listen("c", EventBus.Phase.FIRST, e -> seen.add("c"));
    send("c", 1L);
    assertThat(seen).containsExactly("c");
  }

  private boolean echo(String queue, Rule rule) {
    bus.publish(queue, "server", Dict.EMPTY, new Origin("me", rule.name(), rule.current()));
    return true;
  }

  @Test
  void aRuleThatSetsOffManyEventsOnceIsNoLoop() throws Exception {
    Rule fan = new Rule("Fan");
    Rule tail = new Rule("Tail");
    watch(
        "go",
        fan,
        row -> {
          for (int i = 0; i < 5000; i++) {
            echo("each", fan);
          }
          return true;
        });
    watch("each", tail, row -> true);
    send("go", 1L);
    assertThat(tail.eventsSeen()).isEqualTo(5000);
    assertThat(quirks.warnings()).isEmpty();
  }
}
