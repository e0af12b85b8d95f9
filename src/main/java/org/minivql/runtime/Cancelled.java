package org.minivql.runtime;

/**
 * Unwinds work that cannot be left by answering "no more": a long regular expression or sort of a
 * cancelled query. Never leaves the engine.
 */
public final class Cancelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The query is over. */
  public Cancelled() {
    super("query cancelled", null, false, false);
  }
}
