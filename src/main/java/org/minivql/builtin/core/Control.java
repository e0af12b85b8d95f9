package org.minivql.builtin.core;

import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Lazy;
import org.minivql.value.Queries;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** Choosing between values and queries, and joining queries. */
final class Control {
  private Control() {}

  @VqlFunction(
      name = "if",
      doc =
          "The value of then where the condition is true, else of else; the other one is not"
              + " evaluated. A query is returned unevaluated.",
      examples = {
        "if(condition=2 > 1, then='yes', else='no') => \"yes\"",
        "if(condition=NULL, then=5) => null"
      })
  static Object choose(
      CallContext context,
      @Arg(value = "What decides.", required = true) Object condition,
      @Arg("The value if it is true.") Lazy then,
      @Arg(name = "else", value = "The value if it is not.") Lazy otherwise) {
    Lazy branch = context.scope().operators().truth(context.scope(), condition) ? then : otherwise;
    return branch == null ? null : branch.get();
  }

  @VqlPlugin(
      name = "if",
      doc =
          "The rows of then where the condition is true (a query is if it has rows), else of else.")
  static void choose(
      CallContext context,
      Sink out,
      @Arg(value = "What decides.", required = true) Object condition,
      @Arg(value = "The query if it is true.", required = true) StoredQuery then,
      @Arg(name = "else", value = "The query if it is not.") StoredQuery otherwise) {
    StoredQuery branch =
        context.scope().operators().truth(context.scope(), condition) ? then : otherwise;
    if (branch != null) {
      branch.run(context.scope(), out);
    }
  }

  @VqlPlugin(name = "chain", doc = "The rows of all its queries, one after the other.")
  static void chain(
      CallContext context, Sink out, @AllArgs("Queries under any names.") Dict queries) {
    boolean[] more = {true};
    for (int i = 0; i < queries.size() && more[0]; i++) {
      Queries.of(queries.cell(i)).run(context.scope(), row -> more[0] = out.row(row));
    }
  }

  @VqlFunction(name = "scope", doc = "The current scope; its members are the variables.")
  static Scope scope(CallContext context, @AllArgs("Ignored.") Dict ignored) {
    return context.scope();
  }

  @VqlPlugin(
      name = "scope",
      doc = "One row: the current scope. Its members are the variables, but it lists none.")
  static void scope(CallContext context, Sink out, @AllArgs("Ignored.") Dict ignored) {
    out.row(context.scope());
  }
}
