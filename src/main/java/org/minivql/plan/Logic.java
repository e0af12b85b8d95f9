package org.minivql.plan;

import org.minivql.runtime.Frame;

/** {@code AND}, {@code OR} and {@code NOT}. */
final class Logic {
  private Logic() {}

  /** An AND chain: the last operand where the last operator is {@code &&}, else a bool. */
  static final class And extends ExprNode {
    private final ExprNode[] terms;
    private final boolean yieldsLast;

    And(ExprNode[] terms, boolean yieldsLast) {
      this.terms = terms;
      this.yieldsLast = yieldsLast;
    }

    @Override
    Object eval(Frame frame) {
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
    boolean test(Frame frame) {
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
  static final class Or extends ExprNode {
    private final ExprNode[] terms;
    private final boolean[] yieldsOperand;

    Or(ExprNode[] terms, boolean[] yieldsOperand) {
      this.terms = terms;
      this.yieldsOperand = yieldsOperand;
    }

    @Override
    Object eval(Frame frame) {
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
    boolean test(Frame frame) {
      for (ExprNode term : terms) {
        if (term.test(frame)) {
          return true;
        }
      }
      return false;
    }
  }

  /** {@code NOT}: always a bool. */
  static final class Not extends ExprNode {
    private final ExprNode operand;

    Not(ExprNode operand) {
      this.operand = operand;
    }

    @Override
    Object eval(Frame frame) {
      return !operand.test(frame);
    }

    @Override
    boolean test(Frame frame) {
      return !operand.test(frame);
    }
  }
}
