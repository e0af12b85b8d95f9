package org.minivql;

/**
 * A statement of a program.
 *
 * @param index its number, from 0
 * @param type what it does
 * @param text its canonical text
 * @since 0.1.0
 */
public record StatementInfo(int index, Type type, String text) {
  /** What a statement does. */
  public enum Type {
    /** {@code LET X =}: defines, evaluates nothing. */
    LAZY_LET,
    /** {@code LET X <=}: evaluates once, now. */
    MATERIALIZED_LET,
    /** {@code SELECT}: yields rows. */
    SELECT,
    /** {@code EXPLAIN SELECT}: yields rows and explains itself in the log. */
    EXPLAIN
  }

  /** Whether it yields rows. */
  public boolean yieldsRows() {
    return type == Type.SELECT || type == Type.EXPLAIN;
  }
}
