package org.minivql.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.minivql.runtime.AggregateContext;
import org.minivql.runtime.Frame;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** GROUP BY: keeps the last row of each bin; the bins come out in the order they first appeared. */
final class GroupStage implements Sink {
  private static final class Bin extends AggregateContext {
    private Dict row;
  }

  private final Frame frame;
  private final Projection projection;
  private final ExprNode where;
  private final ExprNode key;
  private final Sink out;
  private final Map<String, Bin> bins = new LinkedHashMap<>();

  GroupStage(Frame frame, Projection projection, ExprNode where, ExprNode key, Sink out) {
    this.frame = frame;
    this.projection = projection;
    this.where = where;
    this.key = key;
    this.out = out;
  }

  @Override
  public boolean row(Object row) {
    if (!frame.alive()) {
      return false;
    }
    Frame raw = frame.owned(row);
    try {
      Projection.Output output = projection.lazy(raw, row);
      Frame inner = raw.push(output);
      if (where == null || where.test(inner)) {
        Object value = key.eval(inner);
        String text = value instanceof String s ? s : frame.operators().text(inner, value);
        Bin bin = bins.get(text);
        if (bin == null) {
          bin = new Bin();
          bins.put(text, bin);
        }
        output.moveTo(raw.withAggregates(bin));
        bin.row = output.complete();
      }
      return true;
    } finally {
      raw.close();
    }
  }

  void finish() {
    for (Bin bin : bins.values()) {
      if (!frame.alive() || !out.row(bin.row)) {
        return;
      }
    }
  }
}
