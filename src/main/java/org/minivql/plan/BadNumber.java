package org.minivql.plan;

import org.minivql.runtime.Frame;
import org.minivql.value.Place;

/** A number that is none: NULL, and a message each time. */
final class BadNumber extends ExprNode {
  private final String source;
  private final Place at;

  BadNumber(String source, Place at) {
    this.source = source;
    this.at = at;
  }

  @Override
  Object eval(Frame frame) {
    frame.log("ERROR:Unable to parse " + source + " as a number.", at);
    return null;
  }
}
