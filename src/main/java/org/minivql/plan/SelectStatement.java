package org.minivql.plan;

import org.minivql.plan.select.Listing;
import org.minivql.plan.select.SelectNode;
import org.minivql.runtime.Frame;
import org.minivql.runtime.Measures;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/** A SELECT as a statement. */
final class SelectStatement extends PlannedStatement {
  private static final Shape LAYER = Shape.of("$Query");

  private final SelectNode select;

  SelectStatement(Type type, SelectNode select) {
    super(type);
    this.select = select;
  }

  @Override
  public String text() {
    return select.text();
  }

  @Override
  public Frame run(Frame frame, Sink out) {
    frame.query().statement(text());
    Frame scope = frame.owned(Dict.over(LAYER, text()));
    try {
      select.run(scope, out);
    } finally {
      scope.close();
    }
    return frame;
  }

  @Override
  public void explain(Measures measures, long nanos, Listing listing) {
    select.explain(measures, 0, text(), listing);
  }
}
