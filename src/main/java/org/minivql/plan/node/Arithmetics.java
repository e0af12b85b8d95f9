package org.minivql.plan.node;

import org.minivql.runtime.Frame;

/** Sums and products: a chain is folded from the left. */
public final class Arithmetics extends ExprNode {
  private final ExprNode[] terms;
  private final char[] operators;

  public Arithmetics(ExprNode[] terms, char[] operators) {
    this.terms = terms;
    this.operators = operators;
  }

  @Override
  public Object eval(Frame frame) {
    Object value = terms[0].eval(frame);
    for (int i = 0; i < operators.length; i++) {
      value = apply(frame, operators[i], value, terms[i + 1].eval(frame));
    }
    return value;
  }

  private static Object apply(Frame frame, char operator, Object a, Object b) {
    switch (operator) {
      case '+':
        if (a instanceof Long x && b instanceof Long y) {
          return x + y;
        }
        return frame.operators().add(frame, a, b);
      case '-':
        if (a instanceof Long x && b instanceof Long y) {
          return x - y;
        }
        return frame.operators().subtract(frame, a, b);
      case '*':
        if (a instanceof Long x && b instanceof Long y) {
          return x * y;
        }
        return frame.operators().multiply(frame, a, b);
      default:
        return frame.operators().divide(frame, a, b);
    }
  }
}
