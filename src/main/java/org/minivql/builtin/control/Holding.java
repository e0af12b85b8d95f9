package org.minivql.builtin.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlPlugin;
import org.minivql.spi.Workers;
import org.minivql.value.Dict;
import org.minivql.value.Queries;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.Spans;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/** Rows held back: for a while, or until others come. */
final class Holding {
  private static final int MOST_DELAYED = 1_000_000;
  private static final int MOST_IN_SEQUENCE = 1000;

  private Holding() {}

  private record Held(Object row, Instant due) {}

  @VqlPlugin(
      name = "delay",
      doc = "The rows of a query, each so many seconds later, in their order.",
      examples =
          "SELECT * FROM delay(query={SELECT * FROM range(end=2)}, delay=0) =>"
              + " [{\"_value\":0},{\"_value\":1}]")
  static void delay(
      CallContext context,
      Sink out,
      @Arg(value = "The rows.", required = true) StoredQuery query,
      @Arg(value = "Seconds each row is held back.", required = true) long delay,
      @Arg(value = "Rows held at most.", name = "buffer_size", defaultValue = "1000")
          long bufferSize) {
    Scope scope = context.scope();
    int most = (int) Math.max(1, Math.min(bufferSize, MOST_DELAYED));
    Duration time = Spans.seconds(delay);
    // With a clock that stands still the time waited counts as passed.
    Instant reached = Instant.MIN;
    try (Feed feed =
        Feed.start(scope, query, most, row -> new Held(row, scope.clock().instant().plus(time)))) {
      Object next;
      while ((next = feed.look(null)) != Feed.END) {
        if (!(next instanceof Held held)) {
          continue;
        }
        Instant now = scope.clock().instant();
        now = now.isBefore(reached) ? reached : now;
        if (held.due().isAfter(now) && !scope.pause(Duration.between(now, held.due()))) {
          return;
        }
        reached = held.due();
        if (!out.row(held.row())) {
          return;
        }
      }
    }
  }

  private record Seen(Object row, Instant since) {}

  @VqlPlugin(
      name = "sequence",
      doc =
          "Runs its queries at the same time and, after each of their rows, the query that looks at"
              + " the rows held so far as SEQUENCE. When that has rows, the held ones are forgotten.",
      examples =
          "SELECT * FROM sequence(a={SELECT * FROM range(end=3)}, query={SELECT len(list=SEQUENCE) AS"
              + " L FROM scope() WHERE L = 2}) => [{\"L\":2}]")
  static void sequence(
      CallContext context,
      Sink out,
      @Arg("What looks at the rows held.") Object query,
      @Arg(value = "Seconds a row is held.", name = "max_age", defaultValue = "30") long maxAge,
      @AllArgs("The queries to watch.") Dict queries) {
    if (!Values.isQuery(query)) {
      throw new ArgumentException("`query` parameter should specify a query for the sequence.");
    }
    Scope scope = context.scope();
    StoredQuery look = Queries.of(query);
    Duration age = Spans.seconds(maxAge);
    Deque<Seen> held = new ArrayDeque<>();
    Sink each =
        row -> {
          hold(held, new Seen(row, scope.clock().instant()), age);
          return look(scope, look, held, out);
        };
    scope
        .service(Workers.class)
        .each(
            scope,
            Math.max(1, queries.size()),
            (inner, feed) -> {
              for (Map.Entry<String, Object> source : queries.entries()) {
                if (!feed.row(source.getValue())) {
                  return;
                }
              }
            },
            (inner, source, guarded) -> {
              boolean[] more = {true};
              Queries.of(source).run(inner.with(Dict.EMPTY), row -> more[0] = guarded.row(row));
              return more[0];
            },
            each);
  }

  private static void hold(Deque<Seen> held, Seen newest, Duration age) {
    held.add(newest);
    Instant oldest = newest.since().minus(age);
    while (held.size() > MOST_IN_SEQUENCE || held.peek().since().isBefore(oldest)) {
      held.poll();
    }
  }

  /** Gives the rows that the held ones make, and forgets those then; false when none are wanted. */
  private static boolean look(Scope scope, StoredQuery look, Deque<Seen> held, Sink out) {
    List<Object> rows = new ArrayList<>();
    held.forEach(seen -> rows.add(seen.row()));
    boolean[] found = {false};
    boolean[] more = {true};
    look.run(
        scope.with(Dict.of("SEQUENCE", rows)),
        result -> {
          found[0] = true;
          more[0] = out.row(result);
          return more[0];
        });
    if (found[0]) {
      held.clear();
    }
    return more[0];
  }
}
