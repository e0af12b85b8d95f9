package org.minivql.plan.select;

import org.minivql.plan.node.Parameters;
import org.minivql.runtime.Frame;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** {@code LET X = SELECT}: run each time it is used, on top of the scope of the use. */
public record LetQuery(SelectNode select, Parameters parameters) implements StoredQuery {
  @Override
  public void run(Scope scope, Sink out) {
    select.run(((Frame) scope).call(Dict.EMPTY, false), out);
  }

  @Override
  public String text() {
    return select.text();
  }

  /** {@code Q(a=1)} in an expression: a lazy query with its own arguments and groups. */
  StoredQuery bind(Frame caller, Dict arguments) {
    return new Bound(this, caller.call(parameters.fill(caller, arguments), true));
  }

  /** Unlike a query without arguments it keeps the scope in which it was called. */
  private record Bound(LetQuery query, Frame frame) implements StoredQuery {
    @Override
    public void run(Scope scope, Sink out) {
      query.select.run(frame, out);
    }

    @Override
    public String text() {
      return query.text();
    }
  }
}
