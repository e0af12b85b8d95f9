package org.minivql.plan;

import org.minivql.runtime.Frame;

/** A number that is none: NULL, and a message each time. */
final class BadNumber extends ExprNode {
  private final String source;

  BadNumber(String source) {
    this.source = source;
  }

  @Override
  Object eval(Frame frame) {
    frame.log("ERROR:Unable to parse " + source + " as a number.");
    return null;
  }
}
