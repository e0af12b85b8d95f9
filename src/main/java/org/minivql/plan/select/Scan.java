package org.minivql.plan.select;

import org.minivql.runtime.Frame;
import org.minivql.value.Sink;

/** Takes the raw rows of one SELECT and counts them: tells the run now and then, and at the end. */
abstract class Scan implements Sink {
  private static final int STEP = 256;

  /** The scope of the SELECT. */
  final Frame frame;

  private int untold;

  Scan(Frame frame) {
    this.frame = frame;
  }

  /** Counts one more row; false when that was one too many, or no more are wanted. */
  final boolean admits() {
    return (++untold < STEP || tell()) && frame.alive();
  }

  /** No more rows for now: tells the run of those that it was not told of; false for too many. */
  final boolean tell() {
    boolean within = frame.query().look(untold);
    untold = 0;
    return within;
  }
}
