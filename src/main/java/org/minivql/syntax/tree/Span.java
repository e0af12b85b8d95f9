package org.minivql.syntax.tree;

/**
 * Where a piece of a program stands in its source: start and end offset in UTF-16 units.
 *
 * <p>All spans are equal. A place never makes two trees different, so trees compare by what they
 * mean.
 */
public final class Span {
  /** The place of a node that was not parsed. */
  public static final Span NONE = new Span(0, 0);

  private final int start;
  private final int end;

  private Span(int start, int end) {
    this.start = start;
    this.end = end;
  }

  /** From start (inclusive) to end (exclusive). */
  public static Span of(int start, int end) {
    return new Span(start, end);
  }

  /** The offset of the first character. */
  public int start() {
    return start;
  }

  /** The offset after the last character. */
  public int end() {
    return end;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Span;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return start + "-" + end;
  }
}
