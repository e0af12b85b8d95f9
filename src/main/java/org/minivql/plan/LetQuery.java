package org.minivql.plan;

import org.minivql.runtime.AggregateContext;
import org.minivql.runtime.Frame;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** {@code LET X = SELECT}: run each time it is used, on top of the scope of the use. */
record LetQuery(SelectNode select, Parameters parameters) implements StoredQuery {
  @Override
  public void run(Scope scope, Sink out) {
    select.run(((Frame) scope).call(Dict.EMPTY, false), out);
  }

  @Override
  public String text() {
    return select.text();
  }

  /** {@code Q(a=1)} in an expression: a lazy query that remembers its arguments and its groups. */
  StoredQuery bind(Frame caller, Dict arguments) {
    return new Bound(this, parameters.fill(caller, arguments), new AggregateContext());
  }

  private record Bound(LetQuery query, Dict arguments, AggregateContext aggregates)
      implements StoredQuery {
    @Override
    public void run(Scope scope, Sink out) {
      Frame frame = ((Frame) scope).call(arguments, false).withAggregates(aggregates);
      query.select.run(frame, out);
    }

    @Override
    public String text() {
      return query.text();
    }
  }
}
