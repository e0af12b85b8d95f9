package org.minivql.plan;

import org.minivql.plan.select.Listing;
import org.minivql.plan.select.SelectNode;
import org.minivql.runtime.Frame;
import org.minivql.runtime.Measures;
import org.minivql.syntax.tree.Select;
import org.minivql.value.Sink;

/** A compiled statement. */
public abstract class PlannedStatement {
  /** What a statement does. */
  public enum Type {
    /** {@code LET X =}. */
    LAZY_LET,
    /** {@code LET X <=}. */
    MATERIALIZED_LET,
    /** {@code SELECT}. */
    SELECT,
    /** {@code EXPLAIN SELECT}. */
    EXPLAIN
  }

  private final Type type;

  PlannedStatement(Type type) {
    this.type = type;
  }

  static PlannedStatement select(Select select, SelectNode node) {
    return new SelectStatement(select.explain() ? Type.EXPLAIN : Type.SELECT, node);
  }

  /** What it does. */
  public final Type type() {
    return type;
  }

  /** The canonical text. */
  public abstract String text();

  /** Whether it yields rows. */
  public final boolean yieldsRows() {
    return type == Type.SELECT || type == Type.EXPLAIN;
  }

  /**
   * Runs the statement.
   *
   * @param frame the scope it runs in
   * @param out takes the rows of a SELECT
   * @return the scope for the next statement: with one more layer after a LET
   */
  public abstract Frame run(Frame frame, Sink out);

  /**
   * Lists the plan of the statement and what it did.
   *
   * @param measures of the run
   * @param nanos how long the statement took
   * @param listing takes the parts of the plan
   */
  public abstract void explain(Measures measures, long nanos, Listing listing);
}
