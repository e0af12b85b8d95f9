package org.minivql.plan.node;

import org.minivql.runtime.Frame;

/** A compiled expression. */
public abstract class ExprNode {
  /** The value; lazy values are reduced. */
  public abstract Object eval(Frame frame);

  /** Whether the value counts as true. */
  public boolean test(Frame frame) {
    return frame.operators().truth(frame, eval(frame));
  }
}
