package org.minivql.plan.node;

import org.minivql.runtime.Frame;

/** {@code AND}, {@code OR} and {@code NOT}. */
public final class Logic {
  private Logic() {}

  /** An AND chain: the last operand where the last operator is {@code &&}, else a bool. */
  public static final class And extends ExprNode {
    private final ExprNode[] terms;
    private final boolean yieldsLast;

    public And(ExprNode[] terms, boolean yieldsLast) {
      this.terms = terms;
      this.yieldsLast = yieldsLast;
    }

    @Override
    public Object eval(Frame frame) {
      if (!yieldsLast) {
        return test(frame);
      }
      int last = terms.length - 1;
      for (int i = 0; i < last; i++) {
        if (!terms[i].test(frame)) {
          return false;
        }
      }
      Object value = terms[last].eval(frame);
      return frame.operators().truth(frame, value) ? value : (Object) false;
    }

    @Override
    public boolean test(Frame frame) {
      for (ExprNode term : terms) {
        if (!term.test(frame)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * An OR chain: the first operand if it is true; then TRUE, or the operand after exactly {@code
   * ||}; if none is true, the last.
   */
  public static final class Or extends ExprNode {
    private final ExprNode[] terms;
    private final boolean[] yieldsOperand;

    public Or(ExprNode[] terms, boolean[] yieldsOperand) {
      this.terms = terms;
      this.yieldsOperand = yieldsOperand;
    }

    @Override
    public Object eval(Frame frame) {
      Object value = null;
      for (int i = 0; i < terms.length; i++) {
        value = terms[i].eval(frame);
        if (frame.operators().truth(frame, value)) {
          return i == 0 || yieldsOperand[i - 1] ? value : (Object) true;
        }
      }
      return value;
    }

    @Override
    public boolean test(Frame frame) {
      for (ExprNode term : terms) {
        if (term.test(frame)) {
          return true;
        }
      }
      return false;
    }
  }

  /** {@code NOT}: always a bool. */
  public static final class Not extends ExprNode {
    private final ExprNode operand;

    public Not(ExprNode operand) {
      this.operand = operand;
    }

    @Override
    public Object eval(Frame frame) {
      return !operand.test(frame);
    }

    @Override
    public boolean test(Frame frame) {
      return !operand.test(frame);
    }
  }
}
