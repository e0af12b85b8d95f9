package org.minivql.builtin.control;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Pauses;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.value.Spans;
import org.minivql.value.StoredQuery;

/** Rows of a query taken together, left out or stripped of columns. */
final class Batching {
  private static final Shape ROWS = Shape.of("rows");
  private static final int AHEAD = 100;
  private static final int MOST_KEYS = 1_000_000;

  private Batching() {}

  @VqlPlugin(
      name = "batch",
      doc = "The rows of a query in lists; a list is sent when it is full or too old.",
      columns = "rows",
      version = 2,
      examples =
          "SELECT len(list=rows) AS L FROM batch(query={SELECT * FROM range(end=5)},"
              + " batch_size=2) => [{\"L\":2},{\"L\":2},{\"L\":1}]")
  static void batch(
      CallContext context,
      Sink out,
      @Arg(value = "The rows.", required = true) StoredQuery query,
      @Arg(value = "Rows in a list; 10 where nothing is said.", name = "batch_size") long batchSize,
      @Arg(value = "A lambda of the list so far: true sends it.", name = "batch_func")
          String batchFunc,
      @Arg(value = "Seconds after which an incomplete list is sent.", defaultValue = "3600")
          long timeout) {
    Lambda full =
        batchSize > 0 || batchFunc == null || batchFunc.isEmpty()
            ? null
            : context.lambda(batchFunc);
    long size = batchSize > 0 ? batchSize : full == null ? 10 : Long.MAX_VALUE;
    Scope scope = context.scope();
    Duration age = Spans.seconds(timeout);
    List<Object> rows = new ArrayList<>();
    Instant since = Pauses.time(scope);
    // A row has the time at which it was made: how long it then waits here says nothing about it.
    try (Feed feed = Feed.start(scope, query, AHEAD, row -> new Made(row, Pauses.time(scope)))) {
      Object next;
      while ((next = feed.look(timeout <= 0 || rows.isEmpty() ? null : since.plus(age)))
          != Feed.END) {
        Made made = next instanceof Made row ? row : null;
        Instant now = made == null ? Pauses.time(scope) : made.at();
        if (timeout > 0 && Duration.between(since, now).compareTo(age) >= 0) {
          if (!sent(rows, out)) {
            return;
          }
          since = since.plus(age.multipliedBy(Duration.between(since, now).dividedBy(age)));
        }
        if (made != null) {
          rows.add(made.row());
          if (rows.size() >= size || full != null && isFull(scope, full, rows)) {
            if (!sent(rows, out)) {
              return;
            }
            since = now;
          }
        }
      }
    }
    sent(rows, out);
  }

  private record Made(Object row, Instant at) {}

  private static boolean isFull(Scope scope, Lambda full, List<Object> rows) {
    return scope.operators().truth(scope, full.call(scope, List.copyOf(rows)));
  }

  /** Sends the rows, if there are any, and forgets them; false when no more are wanted. */
  private static boolean sent(List<Object> rows, Sink out) {
    if (rows.isEmpty()) {
      return true;
    }
    List<Object> all = new ArrayList<>(rows);
    rows.clear();
    return out.row(Dict.over(ROWS, all));
  }

  @VqlPlugin(
      name = "sample",
      doc = "Every n-th row of a query, beginning with the first.",
      examples =
          "SELECT * FROM sample(n=2, query={SELECT * FROM range(end=4)}) =>"
              + " [{\"_value\":0},{\"_value\":2}]")
  static void sample(
      CallContext context,
      Sink out,
      @Arg(value = "The rows.", required = true) StoredQuery query,
      @Arg(value = "One of how many rows; 0 counts as 1.", required = true) long n) {
    long every = Math.max(1, n);
    long[] count = {0};
    query.run(context.scope(), row -> count[0]++ % every != 0 || out.row(row));
  }

  @VqlPlugin(
      name = "column_filter",
      doc = "The rows of a query with only some of their columns; patterns mind the case.",
      examples =
          "SELECT * FROM column_filter(query={SELECT 1 AS Ab, 2 AS ab, 3 AS c FROM scope()},"
              + " include='b', exclude='A') => [{\"ab\":2}]")
  static void columnFilter(
      CallContext context,
      Sink out,
      @Arg(value = "The rows.", required = true) StoredQuery query,
      @Arg("Patterns of which a column must match one.") StringList include,
      @Arg("Patterns of which a column must match none.") StringList exclude) {
    List<Pattern> wanted = patterns(context, include);
    List<Pattern> unwanted = patterns(context, exclude);
    Map<String, Boolean> decided = new LinkedHashMap<>();
    query.run(
        context.scope(),
        row -> {
          Dict.Builder kept = Dict.builder();
          if (row instanceof Members members) {
            for (String name : members.memberNames()) {
              boolean keep =
                  decided.computeIfAbsent(
                      name, n -> (wanted.isEmpty() || matches(wanted, n)) && !matches(unwanted, n));
              Object value = keep ? members.member(name) : Absent.ABSENT;
              if (value != Absent.ABSENT) {
                kept.set(name, value);
              }
            }
          }
          return out.row(kept.build());
        });
  }

  private static List<Pattern> patterns(CallContext context, StringList texts) {
    List<Pattern> patterns = new ArrayList<>();
    if (texts != null) {
      for (String text : texts) {
        try {
          patterns.add(context.scope().patterns().exact(text));
        } catch (PatternSyntaxException e) {
          throw new ArgumentException(String.valueOf(e.getMessage()));
        }
      }
    }
    return patterns;
  }

  private static boolean matches(List<Pattern> patterns, String name) {
    for (Pattern pattern : patterns) {
      if (pattern.matcher(name).find()) {
        return true;
      }
    }
    return false;
  }

  @VqlPlugin(
      name = "dedup",
      doc =
          "The first row for each value of a column; a value that comes again within the time is"
              + " left out and the time begins anew.",
      examples =
          "SELECT * FROM dedup(query={SELECT * FROM foreach(row=(dict(k=1),dict(k='1'),dict(k=2)))},"
              + " key='k') => [{\"k\":1},{\"k\":2}]")
  static void dedup(
      CallContext context,
      Sink out,
      @Arg(value = "The rows.", required = true) StoredQuery query,
      @Arg(value = "The column.", required = true) String key,
      @Arg(value = "Seconds a value is remembered.", defaultValue = "60") long timeout,
      @Arg(value = "How many values are remembered.", defaultValue = "1000") long size) {
    Scope scope = context.scope();
    int most = (int) Math.max(1, Math.min(size, MOST_KEYS));
    Duration age = Spans.seconds(timeout <= 0 ? 60 : timeout);
    Map<String, Instant> seen =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > most;
          }
        };
    query.run(
        scope,
        row -> {
          Object value = scope.operators().get(scope, row, key);
          if (value == Absent.ABSENT) {
            return true;
          }
          Instant now = scope.clock().instant();
          Instant before = seen.put(scope.operators().text(scope, value), now);
          return before != null && before.plus(age).isAfter(now) || out.row(row);
        });
  }
}
