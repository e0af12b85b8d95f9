package org.minivql.format;

import java.io.Flushable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Dict;

/**
 * Rows as a table for people.
 *
 * <p>The first rows are held back until the widths of the columns are known: up to {@value #HELD}
 * rows, or what has come when {@link #flush} is called. Later rows follow in the same columns. A
 * row with a column that the table lacks starts a new table.
 */
public final class TableRows implements RowWriter {
  private static final int HELD = 200;
  private static final String GAP = "  ";

  private final Appendable out;
  private final int width;
  private final List<Dict> held = new ArrayList<>();
  private TableLayout layout;
  private boolean some;

  /**
   * A writer of tables.
   *
   * @param out the target; flushed when it is {@link java.io.Flushable}
   * @param width the columns of the terminal; 0 when cells are not to be cut
   */
  public TableRows(Appendable out, int width) {
    this.out = out;
    this.width = width;
  }

  @Override
  public void begin() {
    layout = null;
    held.clear();
  }

  @Override
  public void row(Dict row) throws IOException {
    if (layout != null && !layout.columns().containsAll(row.shape().names())) {
      layout = null;
    }
    if (layout != null) {
      print(row);
      return;
    }
    held.add(row);
    if (held.size() >= HELD) {
      release();
    }
  }

  @Override
  public void end() throws IOException {
    release();
    layout = null;
  }

  @Override
  public void flush() throws IOException {
    release();
    if (out instanceof Flushable target) {
      target.flush();
    }
  }

  @Override
  public void close() throws IOException {
    end();
    flush();
  }

  private void release() throws IOException {
    if (held.isEmpty()) {
      return;
    }
    layout = TableLayout.of(held, width);
    if (some) {
      out.append('\n');
    }
    some = true;
    head();
    for (Dict row : held) {
      print(row);
    }
    held.clear();
  }

  private void head() throws IOException {
    StringBuilder names = new StringBuilder();
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < layout.size(); i++) {
      pad(names, TableCells.clean(layout.columns().get(i)), i);
      rule.append(i == 0 ? "" : GAP).append("─".repeat(layout.width(i)));
    }
    line(names);
    line(rule);
  }

  private void print(Dict row) throws IOException {
    List<List<String>> cells = new ArrayList<>(layout.size());
    int height = 1;
    for (String column : layout.columns()) {
      List<String> lines = row.has(column) ? TableCells.lines(row.get(column)) : List.of("");
      cells.add(lines);
      height = Math.max(height, lines.size());
    }
    for (int y = 0; y < height; y++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < layout.size(); i++) {
        List<String> lines = cells.get(i);
        pad(text, y < lines.size() ? lines.get(y) : "", i);
      }
      line(text);
    }
  }

  private void pad(StringBuilder line, String cell, int column) {
    String text = width > 0 ? DisplayWidth.cut(cell, layout.width(column)) : cell;
    String space = " ".repeat(Math.max(0, layout.width(column) - DisplayWidth.of(text)));
    line.append(column == 0 ? "" : GAP);
    line.append(layout.right(column) ? space + text : text + space);
  }

  private void line(StringBuilder text) throws IOException {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    out.append(text, 0, end).append('\n');
  }
}
