package org.minivql.format.evtx;

/** Takes the records of a log, in the order in which they are stored. */
@FunctionalInterface
public interface EventSink {
  /**
   * Takes one record.
   *
   * @return true to go on, false when no more are wanted
   */
  boolean event(EventRecord record);
}
