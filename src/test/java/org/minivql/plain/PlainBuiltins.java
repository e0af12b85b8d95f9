package org.minivql.plain;

import java.util.ArrayList;
import java.util.List;
import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lazy;
import org.minivql.value.Queries;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** Control and aggregates once more. */
final class PlainBuiltins {
  private PlainBuiltins() {}

  private static final class Running {
    private long number;
    private boolean any;
    private Object best;
    private final List<Object> items = new ArrayList<>();
  }

  @VqlFunction(name = "count", doc = "Counts its calls.")
  static Object count(CallContext context, @Arg("Ignored.") Object items) {
    return ++context.aggregate(Running::new).number;
  }

  @VqlFunction(name = "sum", doc = "The sum so far.")
  static Object sum(CallContext context, @Arg(value = "The number.", required = true) long item) {
    Running running = context.aggregate(Running::new);
    running.number += item;
    return running.number;
  }

  @VqlFunction(name = "min", doc = "The least so far.")
  static Object min(CallContext context, @Arg(value = "The value.", required = true) Object item) {
    Running running = context.aggregate(Running::new);
    Scope scope = context.scope();
    if (!running.any || scope.operators().less(scope, item, running.best)) {
      running.best = item;
    }
    running.any = true;
    return running.best;
  }

  @VqlFunction(name = "max", doc = "The greatest so far.", logName = "min")
  static Object max(CallContext context, @Arg(value = "The value.", required = true) Object item) {
    Running running = context.aggregate(Running::new);
    Scope scope = context.scope();
    if (!running.any || !scope.operators().less(scope, item, running.best)) {
      running.best = item;
    }
    running.any = true;
    return running.best;
  }

  @VqlFunction(name = "enumerate", doc = "All so far.")
  static Object enumerate(CallContext context, @Arg("The value.") Object items) {
    Running running = context.aggregate(Running::new);
    running.items.add(items == Absent.ABSENT ? null : items);
    return new ArrayList<>(running.items);
  }

  @VqlFunction(name = "if", doc = "One of two values.")
  static Object choose(
      CallContext context,
      @Arg(value = "What decides.", required = true) Object condition,
      @Arg("If it is true.") Lazy then,
      @Arg(name = "else", value = "If it is not.") Lazy otherwise) {
    Lazy branch = context.scope().operators().truth(context.scope(), condition) ? then : otherwise;
    return branch == null ? null : branch.get();
  }

  @VqlPlugin(name = "if", doc = "The rows of one of two queries.")
  static void choose(
      CallContext context,
      Sink out,
      @Arg(value = "What decides.", required = true) Object condition,
      @Arg(value = "If it is true.", required = true) StoredQuery then,
      @Arg(name = "else", value = "If it is not.") StoredQuery otherwise) {
    boolean yes = context.scope().operators().truth(context.scope(), condition);
    StoredQuery branch = yes ? then : otherwise;
    if (branch != null) {
      branch.run(context.scope(), out);
    }
  }

  @VqlPlugin(name = "range", doc = "Numbers.")
  static void range(
      Sink out,
      @Arg("The first.") long start,
      @Arg(value = "Where to stop.", required = true) long end,
      @Arg("The distance.") long step) {
    long number = start;
    while (number < end && out.row(Dict.of("_value", number))) {
      number += step == 0 ? 1 : step;
    }
  }

  @VqlPlugin(name = "scope", doc = "The scope itself.")
  static void scope(CallContext context, Sink out, @AllArgs("Ignored.") Dict ignored) {
    out.row(context.scope());
  }

  @VqlPlugin(name = "chain", doc = "One query after the other.")
  static void chain(CallContext context, Sink out, @AllArgs("The queries.") Dict queries) {
    boolean more = true;
    for (int i = 0; i < queries.size() && more; i++) {
      Scope own = context.scope().owned(Dict.EMPTY);
      more = all(Queries.of(queries.cell(i)), own, out);
      own.end();
    }
  }

  @VqlPlugin(name = "switch", doc = "The first query that has rows.")
  static void choose(CallContext context, Sink out, @AllArgs("The queries.") Dict queries) {
    boolean[] any = {false};
    for (int i = 0; i < queries.size() && !any[0]; i++) {
      Scope own = context.scope().owned(Dict.EMPTY);
      Queries.of(queries.cell(i)).run(own, row -> (any[0] = true) && out.row(row));
      own.end();
    }
  }

  @VqlPlugin(name = "foreach", doc = "A query for each row.")
  static void foreach(
      CallContext context,
      Sink out,
      @Arg(value = "The rows.", required = true) Lazy row,
      @Arg("The query.") StoredQuery query,
      @Arg("The column.") String column) {
    Scope scope = context.scope();
    scope
        .operators()
        .iterate(
            scope,
            row.get(),
            item -> {
              Object used = column == null || column.isEmpty() ? item : member(scope, item, column);
              if (query == null) {
                return out.row(used);
              }
              Scope own = scope.owned(used);
              boolean more = all(query, own, out);
              own.end();
              return more;
            });
  }

  private static Object member(Scope scope, Object item, String column) {
    Object value = scope.operators().get(scope, item, column);
    return value == Absent.ABSENT ? null : value;
  }

  /** Runs a query; false when its rows are wanted no more. */
  private static boolean all(StoredQuery query, Scope scope, Sink out) {
    boolean[] more = {true};
    query.run(scope, row -> more[0] = out.row(row));
    return more[0];
  }
}
