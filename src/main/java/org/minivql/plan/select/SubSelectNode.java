package org.minivql.plan.select;

import java.util.ArrayList;
import java.util.List;
import org.minivql.plan.node.ExprNode;
import org.minivql.runtime.Frame;
import org.minivql.value.Dict;
import org.minivql.value.Footprint;
import org.minivql.value.Limit;
import org.minivql.value.Sink;
import org.minivql.value.Values;

/**
 * A query in braces as a column. A row with one member is replaced by that member; one row is the
 * value itself, several are a list, none is the list that was never filled.
 */
public final class SubSelectNode extends ExprNode {
  private final SelectNode select;

  public SubSelectNode(SelectNode select) {
    this.select = select;
  }

  @Override
  public Object eval(Frame frame) {
    Collected rows = new Collected(frame);
    select.run(frame, rows);
    return rows.value();
  }

  /** The rows so far: most such queries have one, which needs no list. */
  private static final class Collected implements Sink {
    private final Frame frame;
    private boolean any;
    private Object first = Values.NIL;
    private List<Object> all;
    private Footprint footprint;

    Collected(Frame frame) {
      this.frame = frame;
    }

    @Override
    public boolean row(Object row) {
      Object value = unwrap(row);
      if (!any) {
        any = true;
        first = value;
        if (!(value instanceof Number)) {
          weigh(row);
        }
        return true;
      }
      if (all == null) {
        all = new ArrayList<>(4);
        all.add(first);
      }
      weigh(row);
      return all.add(value);
    }

    private void weigh(Object row) {
      if (footprint == null) {
        footprint = Footprint.alone(frame, Limit.MEMORY);
      }
      footprint.add(row);
    }

    Object value() {
      return all == null ? first : all;
    }
  }

  private static Object unwrap(Object row) {
    return row instanceof Dict dict && dict.size() == 1 ? Values.reduce(dict.cell(0)) : row;
  }
}
