package org.minivql.plain;

/** A program whose outcome the language leaves open, or that runs for too long. */
public final class NotComparable extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotComparable(String reason) {
    super(reason);
  }
}
