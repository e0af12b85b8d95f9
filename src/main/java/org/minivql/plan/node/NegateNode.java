package org.minivql.plan.node;

import org.minivql.runtime.Frame;
import org.minivql.value.Unsigned;

/** {@code -name}: negates numbers and bools, anything else gives NULL. */
public final class NegateNode extends ExprNode {
  private final ExprNode operand;

  public NegateNode(ExprNode operand) {
    this.operand = operand;
  }

  @Override
  public Object eval(Frame frame) {
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
