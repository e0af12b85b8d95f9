package org.minivql.plan;

import org.minivql.runtime.Frame;
import org.minivql.value.Unsigned;

/** {@code -name}: negates numbers and bools, anything else gives NULL. */
final class NegateNode extends ExprNode {
  private final ExprNode operand;

  NegateNode(ExprNode operand) {
    this.operand = operand;
  }

  @Override
  Object eval(Frame frame) {
    Object value = operand.eval(frame);
    if (value instanceof Long number) {
      return -number;
    }
    if (value instanceof Double number) {
      return -number;
    }
    if (value instanceof Unsigned number) {
      return -number.longValue();
    }
    return value instanceof Boolean b ? !b : null;
  }
}
