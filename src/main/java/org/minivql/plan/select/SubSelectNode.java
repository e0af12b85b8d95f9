package org.minivql.plan.select;

import java.util.ArrayList;
import java.util.List;
import org.minivql.plan.node.ExprNode;
import org.minivql.runtime.Frame;
import org.minivql.value.Dict;
import org.minivql.value.Footprint;
import org.minivql.value.Limit;
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
    List<Object> values = new ArrayList<>(2);
    Footprint footprint = Footprint.alone(frame, Limit.MEMORY);
    select.run(
        frame,
        row -> {
          footprint.add(row);
          return values.add(unwrap(row));
        });
    if (values.isEmpty()) {
      return Values.NIL;
    }
    return values.size() == 1 ? values.get(0) : values;
  }

  private static Object unwrap(Object row) {
    return row instanceof Dict dict && dict.size() == 1 ? Values.reduce(dict.cell(0)) : row;
  }
}
