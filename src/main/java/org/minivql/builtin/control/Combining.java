package org.minivql.builtin.control;

import java.util.Map;
import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlPlugin;
import org.minivql.spi.Workers;
import org.minivql.value.Dict;
import org.minivql.value.Queries;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** Several queries as one. */
final class Combining {
  private static final int MOST_AT_ONCE = 64;

  private Combining() {}

  @VqlPlugin(
      name = "chain",
      doc = "The rows of all its queries, one after the other, or all at once.",
      examples =
          "SELECT * FROM chain(a={SELECT 1 AS A FROM scope()}, b=(dict(A=2),dict(A=3)), c='x',"
              + " d=NULL) => [{\"A\":1},{\"A\":2},{\"A\":3},{\"_value\":\"x\"}]")
  static void chain(
      CallContext context,
      Sink out,
      @Arg("Run all queries at the same time; the order of their rows is then open.") boolean async,
      @AllArgs("The queries; lists and values stand for their elements.") Dict queries) {
    if (async) {
      combine(context, out, queries);
      return;
    }
    for (Map.Entry<String, Object> query : queries.entries()) {
      if (!branch(context.scope(), query.getValue(), out)) {
        return;
      }
    }
  }

  @VqlPlugin(
      name = "combine",
      doc = "The rows of all its queries, which run at the same time.",
      examples =
          "SELECT * FROM combine(a={SELECT 1 AS A FROM scope()}, b={SELECT 2 AS A FROM scope()})"
              + " ORDER BY A => [{\"A\":1},{\"A\":2}]")
  static void combine(
      CallContext context,
      Sink out,
      @AllArgs("The queries; lists and values stand for their elements.") Dict queries) {
    Scope scope = context.scope();
    scope
        .service(Workers.class)
        .each(
            scope,
            Math.min(MOST_AT_ONCE, Math.max(1, queries.size())),
            (inner, feed) -> {
              for (Map.Entry<String, Object> query : queries.entries()) {
                if (!feed.row(query.getValue())) {
                  return;
                }
              }
            },
            (inner, query, guarded) -> branch(inner, query, guarded),
            out);
  }

  @VqlPlugin(
      name = "switch",
      doc = "The rows of the first of its queries that has any; later ones are not run.",
      examples =
          "SELECT * FROM switch(a={SELECT * FROM range(end=0)}, b={SELECT 5 AS X FROM scope()}) =>"
              + " [{\"X\":5}]")
  static void choose(
      CallContext context,
      Sink out,
      @AllArgs("The queries; lists and values stand for their elements.") Dict queries) {
    boolean[] any = {false};
    for (Map.Entry<String, Object> query : queries.entries()) {
      branch(
          context.scope(),
          query.getValue(),
          row -> {
            any[0] = true;
            return out.row(row);
          });
      if (any[0]) {
        return;
      }
    }
  }

  /** Runs one branch in a scope of its own; false when no more rows are wanted. */
  private static boolean branch(Scope scope, Object query, Sink out) {
    Scope inner = scope.owned(Dict.EMPTY);
    boolean[] more = {true};
    try {
      Queries.of(query).run(inner, row -> more[0] = out.row(row));
    } finally {
      inner.end();
    }
    return more[0];
  }
}
