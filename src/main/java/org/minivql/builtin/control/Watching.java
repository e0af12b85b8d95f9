package org.minivql.builtin.control;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.spi.Workers;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.Spans;
import org.minivql.value.StoredQuery;

/** Queries that go on beside others or come again. */
final class Watching {
  private static final int MOST_KEPT = 1_000_000;

  private Watching() {}

  private record Kept(Object row, Instant since) {}

  /** The rows a fifo holds. */
  private static final class Buffer {
    private final Deque<Kept> rows = new ArrayDeque<>();

    synchronized void add(Object row, Instant now, long age, int most) {
      rows.add(new Kept(row, now));
      Instant oldest = now.minus(Spans.seconds(age));
      while (rows.size() > most || rows.peek().since().isBefore(oldest)) {
        rows.poll();
      }
    }

    synchronized List<Object> read(boolean flush) {
      List<Object> all = new ArrayList<>();
      rows.forEach(kept -> all.add(kept.row()));
      if (flush) {
        rows.clear();
      }
      return all;
    }
  }

  @VqlPlugin(
      name = "fifo",
      doc =
          "The last rows of a query that goes on beside: the first call starts it, each call has the"
              + " rows held at that moment.")
  static void fifo(
      CallContext context,
      Sink out,
      @Arg(value = "The query to watch.", required = true) StoredQuery query,
      @Arg(value = "Seconds a row is kept.", name = "max_age", defaultValue = "5") long maxAge,
      @Arg(value = "Rows kept.", name = "max_rows", defaultValue = "10") long maxRows,
      @Arg("Forget the rows after this call.") boolean flush) {
    Scope scope = context.scope();
    int most = (int) Math.max(1, Math.min(maxRows, MOST_KEPT));
    boolean[] made = {false};
    Buffer buffer =
        context.siteState(
            () -> {
              made[0] = true;
              return new Buffer();
            });
    if (made[0]) {
      scope.log("Creating FIFO Cache for " + query.text());
      beside(
          scope,
          query,
          row -> {
            buffer.add(row, scope.clock().instant(), Math.max(0, maxAge), most);
            return scope.alive();
          });
    }
    for (Object row : buffer.read(flush)) {
      if (!out.row(row)) {
        return;
      }
    }
  }

  private static Runnable beside(Scope scope, StoredQuery query, Sink out) {
    return scope
        .service(Workers.class)
        .start(
            scope,
            beyond -> {
              Scope inner = beyond.owned(Dict.EMPTY);
              try {
                query.run(inner, out);
              } finally {
                inner.end();
              }
            });
  }

  @VqlFunction(
      name = "background",
      doc = "Runs a query beside, whose rows are thrown away, until the calling scope ends.",
      version = 1,
      onError = ErrorValue.FALSE)
  static Object background(CallContext context, @Arg("The query.") StoredQuery query) {
    if (query != null) {
      Scope scope = context.scope();
      scope.onClose(beside(scope, query, row -> true));
    }
    return true;
  }

  @VqlPlugin(
      name = "diff",
      doc =
          "Runs a query again and again; rows whose key is new come with Diff 'added', those whose"
              + " key is gone with Diff 'removed'. The first run is what the next is compared to.",
      endless = true)
  static void diff(
      CallContext context,
      Sink out,
      @Arg(value = "The query.", required = true) StoredQuery query,
      @Arg(value = "The column that tells rows apart.", required = true) String key,
      @Arg(value = "Seconds between runs.", defaultValue = "60") long period) {
    Scope scope = context.scope();
    Map<String, Object> before = null;
    while (scope.alive()) {
      context.log("Running query");
      Map<String, Object> now = new LinkedHashMap<>();
      query.run(
          scope,
          row -> {
            Object value = scope.operators().get(scope, row, key);
            if (value != Absent.ABSENT) {
              now.putIfAbsent(scope.operators().text(scope, value), row);
            }
            return true;
          });
      if (before != null
          && !(changed(now, before, "added", out) && changed(before, now, "removed", out))) {
        return;
      }
      before = now;
      if (!scope.pause(Spans.seconds(Math.max(1, period)))) {
        return;
      }
    }
  }

  private static boolean changed(
      Map<String, Object> in, Map<String, Object> notIn, String what, Sink out) {
    for (Map.Entry<String, Object> entry : in.entrySet()) {
      if (!notIn.containsKey(entry.getKey()) && !out.row(marked(entry.getValue(), what))) {
        return false;
      }
    }
    return true;
  }

  private static Dict marked(Object row, String what) {
    Dict.Builder marked = Dict.builder();
    if (row instanceof Members members) {
      for (String name : members.memberNames()) {
        Object value = members.member(name);
        if (value != Absent.ABSENT) {
          marked.set(name, value);
        }
      }
    }
    return marked.set("Diff", what).build();
  }

  @VqlFunction(
      name = "generate",
      doc =
          "A query whose readers all get the rows of one that runs beside. The same name gives"
              + " another reader of the same rows.",
      version = 3,
      onError = ErrorValue.FALSE)
  static Object generate(
      CallContext context,
      @Arg("The name; the text of the query where not given.") String name,
      @Arg("The source.") StoredQuery query,
      @Arg("Milliseconds before it starts.") long delay,
      @Arg(value = "How many readers to wait for.", name = "fan_out") long fanOut,
      @Arg(value = "Readers do not hold the source up.", name = "with_file_buffer")
          boolean withFileBuffer,
      @Arg("What it is for.") String description) {
    if (query == null) {
      return false;
    }
    String key = name == null || name.isEmpty() ? query.text() : name;
    Scope scope = context.scope();
    return scope.runState(
        List.of(Broadcast.class, key), () -> new Broadcast(scope, query, delay, fanOut));
  }
}
