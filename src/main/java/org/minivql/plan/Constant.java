package org.minivql.plan;

import org.minivql.runtime.Frame;

/** A value known when the query is compiled. */
final class Constant extends ExprNode {
  private final Object value;

  Constant(Object value) {
    this.value = value;
  }

  Object value() {
    return value;
  }

  @Override
  Object eval(Frame frame) {
    return value;
  }
}
