package org.minivql.plan.select;

import org.minivql.plan.node.ExprNode;
import org.minivql.runtime.Frame;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Takes raw rows, applies WHERE and the columns, and passes output rows on at once. */
final class RowStage extends Scan {
  private final Projection projection;
  private final ExprNode where;
  private final Sink out;

  RowStage(Frame frame, Projection projection, ExprNode where, Sink out) {
    super(frame);
    this.projection = projection;
    this.where = where;
    this.out = out;
  }

  @Override
  public boolean row(Object row) {
    if (!admits()) {
      return false;
    }
    if (where == null && projection.passes(row)) {
      // A dict that the program may yet change leaves as it is now.
      return out.row(((Dict) row).snapshot());
    }
    Frame raw = frame.owned(row);
    try {
      if (where == null) {
        return out.row(projection.project(raw, row));
      }
      Projection.Output output = projection.lazy(raw, row);
      return !where.test(raw.push(output)) || out.row(output.complete());
    } finally {
      raw.close();
    }
  }
}
