package org.minivql.plan;

import org.minivql.runtime.Frame;
import org.minivql.value.Sink;

/** What stands after FROM. */
abstract class Source {
  /** Pushes the rows. The frame is the scope of the select. */
  abstract void run(Frame frame, Sink out);
}
