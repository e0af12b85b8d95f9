package org.minivql.plan.node;

import org.minivql.runtime.Frame;

/** A value known when the query is compiled. */
public final class Constant extends ExprNode {
  private final Object value;

  public Constant(Object value) {
    this.value = value;
  }

  public Object value() {
    return value;
  }

  @Override
  public Object eval(Frame frame) {
    return value;
  }
}
