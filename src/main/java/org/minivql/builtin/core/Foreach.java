package org.minivql.builtin.core;

import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlPlugin;
import org.minivql.spi.Workers;
import org.minivql.value.Absent;
import org.minivql.value.Lazy;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** Running a query for each row of another. */
final class Foreach {
  private static final int ASYNC_WORKERS = 100;
  private static final int MAX_WORKERS = 256;

  private Foreach() {}

  @VqlPlugin(
      name = "foreach",
      doc =
          "Runs the query for each row, which it sees as its newest variables; without a query"
              + " the rows themselves.",
      examples =
          "SELECT * FROM foreach(row=(1,2), query={SELECT _value * 2 AS V FROM scope()}) =>"
              + " [{\"V\":2},{\"V\":4}]")
  static void foreach(
      CallContext context,
      Sink out,
      @Arg(value = "A query, a list or a value: what to go through.", required = true) Lazy row,
      @Arg("The query to run for each row.") StoredQuery query,
      @Arg("The column of the row to use in its place.") String column,
      @Arg(value = "How many rows to work on at once.", defaultValue = "1") long workers,
      @Arg("Work on many rows at once.") boolean async) {
    Scope scope = context.scope();
    long parallel = async && !context.given("workers") ? ASYNC_WORKERS : workers;
    boolean many = parallel > 1;
    if (many) {
      scope.log("DEBUG:Creating " + parallel + " workers for foreach plugin");
    }
    Workers pool = many ? scope.service(Workers.class) : null;
    if (pool != null && query != null) {
      pool.each(
          scope,
          (int) Math.min(parallel, MAX_WORKERS),
          (inner, feed) -> inner.operators().iterate(inner, row.get(), feed),
          (inner, item, guarded) -> new Body(query, guarded).run(inner, item(inner, item, column)),
          out);
      return;
    }
    Body body = query == null ? null : new Body(query, out);
    scope
        .operators()
        .iterate(
            scope,
            row.get(),
            item -> {
              Object used = item(scope, item, column);
              return body == null ? out.row(used) : body.run(scope, used);
            });
  }

  /** The query, as it is run for one item after the other. */
  private static final class Body implements Sink {
    private final StoredQuery query;
    private final Sink out;
    private boolean more = true;

    Body(StoredQuery query, Sink out) {
      this.query = query;
      this.out = out;
    }

    /** Whether more rows are wanted. */
    boolean run(Scope scope, Object item) {
      Scope inner = scope.owned(item);
      try {
        query.run(inner, this);
      } finally {
        inner.end();
      }
      return more;
    }

    @Override
    public boolean row(Object row) {
      more = out.row(row);
      return more;
    }
  }

  private static Object item(Scope scope, Object item, String column) {
    if (column == null || column.isEmpty()) {
      return item;
    }
    Object value = scope.operators().get(scope, item, column);
    return value == Absent.ABSENT ? null : value;
  }
}
