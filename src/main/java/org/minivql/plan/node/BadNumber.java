package org.minivql.plan.node;

import org.minivql.runtime.Frame;
import org.minivql.value.Place;

/** A number that is none: NULL, and a message each time. */
public final class BadNumber extends ExprNode {
  private final String source;
  private final Place at;

  public BadNumber(String source, Place at) {
    this.source = source;
    this.at = at;
  }

  @Override
  public Object eval(Frame frame) {
    frame.log("ERROR:Unable to parse " + source + " as a number.", at);
    return null;
  }
}
