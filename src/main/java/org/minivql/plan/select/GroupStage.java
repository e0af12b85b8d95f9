package org.minivql.plan.select;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.plan.node.ExprNode;
import org.minivql.plan.node.SymbolNode;
import org.minivql.runtime.AggregateContext;
import org.minivql.runtime.Frame;
import org.minivql.runtime.SpillFile;
import org.minivql.runtime.SpillReader;
import org.minivql.value.Dict;
import org.minivql.value.Footprint;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/**
 * GROUP BY: keeps the last row of each bin; the bins come out in the order they first appeared.
 * Once the bins take more memory than the budget, rows for further bins wait in a file until the
 * bins so far are done; so the order of bins stays, and each pass has room for as many again.
 */
final class GroupStage extends Scan implements AutoCloseable {
  private static final int BIN_BYTES = 300;

  private static final class Bin extends AggregateContext {
    private Dict row;
  }

  private final Projection projection;
  private final ExprNode where;
  private final ExprNode key;
  private final String keyColumn;
  private final Sink out;
  private final Map<String, Bin> bins = new LinkedHashMap<>();
  private final Footprint footprint;
  private final long budget;
  private SpillFile later;
  private Shape keyed;
  private int keyCell;

  GroupStage(Frame frame, Projection projection, ExprNode where, ExprNode key, Sink out) {
    super(frame);
    this.projection = projection;
    this.where = where;
    this.key = key;
    this.keyColumn = key instanceof SymbolNode symbol ? symbol.name() : null;
    this.out = out;
    this.footprint = Footprint.kept(frame);
    this.budget = frame.query().settings().memoryBudget();
  }

  @Override
  public boolean row(Object row) {
    if (!admits()) {
      return false;
    }
    if (where == null && keyColumn != null && row instanceof Dict dict && direct(dict)) {
      return true;
    }
    Frame raw = frame.owned(row);
    try {
      Projection.Output output = projection.lazy(raw, row);
      if (where == null || where.test(raw.push(output))) {
        String text = key(raw, output);
        if (!add(text, raw, output)) {
          later.write(text);
          later.write(row);
          later.write(output.known());
        }
      }
      return true;
    } finally {
      raw.close();
    }
  }

  /**
   * Adds a row whose key is a text in one of its cells, so that nothing is evaluated to find its
   * bin; false, with nothing done, for others. A column may change an open dict, so when its key is
   * read is told from when its columns are.
   */
  private boolean direct(Dict row) {
    if (row.snapshot() != row) {
      return false;
    }
    if (row.shape() != keyed) {
      keyed = row.shape();
      keyCell = projection.cell(row, keyColumn);
    }
    if (keyCell < 0 || !(row.cell(keyCell) instanceof String text)) {
      return false;
    }
    Bin bin = bin(text);
    if (bin == null) {
      later.write(text);
      later.write(row);
      later.write(List.of());
      return true;
    }
    Frame scope = frame.owned(row, bin);
    try {
      put(bin, text, projection.project(scope, row));
    } finally {
      scope.close();
    }
    return true;
  }

  /** The key of a row. Most keys are a column: those need no scope to look the name up in. */
  private String key(Frame raw, Projection.Output output) {
    if (keyColumn != null) {
      int column = output.shape().indexOf(keyColumn);
      if (column >= 0 && output.get(column) instanceof String text) {
        return text;
      }
    }
    Frame inner = raw.push(output);
    Object value = key.eval(inner);
    return value instanceof String text ? text : frame.operators().text(inner, value);
  }

  /** Adds a row to its bin; false where there is none, and no room for a new one. */
  private boolean add(String text, Frame raw, Projection.Output output) {
    Bin bin = bin(text);
    if (bin == null) {
      return false;
    }
    output.moveTo(raw.withAggregates(bin));
    put(bin, text, output.complete());
    return true;
  }

  /** The bin of a key, or null where there is none, and no room for a new one. */
  private Bin bin(String text) {
    Bin bin = bins.get(text);
    if (bin == null && later == null) {
      bin = new Bin();
      bins.put(text, bin);
    }
    return bin;
  }

  private void put(Bin bin, String text, Dict row) {
    boolean first = bin.row == null;
    bin.row = row;
    if (first && full(row, text)) {
      later = new SpillFile(frame);
    }
  }

  private boolean full(Dict row, String text) {
    footprint.add(row);
    return footprint.add(BIN_BYTES + text.length()) > budget;
  }

  void finish() {
    tell();
    flush();
    while (later != null) {
      SpillFile rest = later;
      later = null;
      try {
        again(rest.read(0));
      } finally {
        rest.close();
      }
      flush();
    }
  }

  private void flush() {
    for (Bin bin : bins.values()) {
      if (!frame.alive() || !out.row(bin.row)) {
        close();
        break;
      }
    }
    bins.clear();
    footprint.clear();
  }

  /** Goes once more through the rows that found no room, without asking twice what is known. */
  private void again(SpillReader rows) {
    while (rows.hasNext() && frame.alive()) {
      String text = (String) rows.next();
      Object row = rows.next();
      List<?> known = (List<?>) rows.next();
      Frame raw = frame.owned(row);
      try {
        Projection.Output output = projection.lazy(raw, row);
        output.restore(known);
        if (!add(text, raw, output)) {
          later.write(text);
          later.write(row);
          later.write(known);
        }
      } finally {
        raw.close();
      }
    }
  }

  @Override
  public void close() {
    footprint.close();
    if (later != null) {
      later.close();
      later = null;
    }
  }
}
