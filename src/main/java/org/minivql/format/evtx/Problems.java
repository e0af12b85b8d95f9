package org.minivql.format.evtx;

/** Takes what a reader could not read. */
@FunctionalInterface
public interface Problems {
  /**
   * A part of the log was skipped; reading goes on behind it.
   *
   * @param offset where in the file the part starts, in bytes
   * @param message what was wrong with it
   */
  void skipped(long offset, String message);
}
