package org.minivql.plan.select;

import org.minivql.runtime.Frame;
import org.minivql.value.Sink;

/** What stands after FROM. */
public abstract class Source {
  /** Pushes the rows. The frame is the scope of the select. */
  abstract void run(Frame frame, Sink out);
}
