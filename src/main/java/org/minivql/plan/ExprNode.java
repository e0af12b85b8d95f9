package org.minivql.plan;

import org.minivql.runtime.Frame;

/** A compiled expression. */
abstract class ExprNode {
  /** The value; lazy values are reduced. */
  abstract Object eval(Frame frame);

  /** Whether the value counts as true. */
  boolean test(Frame frame) {
    return frame.operators().truth(frame, eval(frame));
  }
}
