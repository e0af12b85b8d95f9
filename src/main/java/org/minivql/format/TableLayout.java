package org.minivql.format;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.minivql.value.Dict;

/** The columns of a table: names, widths, and which hold numbers and stand to the right. */
final class TableLayout {
  private static final int GAP = 2;

  private final List<String> columns;
  private final int[] widths;
  private final boolean[] right;

  private TableLayout(List<String> columns) {
    this.columns = columns;
    this.widths = new int[columns.size()];
    this.right = new boolean[columns.size()];
  }

  static TableLayout of(List<Dict> rows, int width) {
    Set<String> names = new LinkedHashSet<>();
    for (Dict row : rows) {
      names.addAll(row.shape().names());
    }
    TableLayout layout = new TableLayout(List.copyOf(names));
    for (int i = 0; i < layout.size(); i++) {
      layout.measure(i, rows);
    }
    if (width > 0) {
      layout.fit(width);
    }
    return layout;
  }

  private void measure(int column, List<Dict> rows) {
    String name = columns.get(column);
    int widest = Math.max(1, DisplayWidth.of(TableCells.clean(name)));
    boolean numbers = false;
    boolean others = false;
    for (Dict row : rows) {
      Object value = row.get(name);
      numbers |= value instanceof Number;
      others |= value != null && !(value instanceof Number);
      for (String line : TableCells.lines(value)) {
        widest = Math.max(widest, DisplayWidth.of(line));
      }
    }
    widths[column] = widest;
    right[column] = numbers && !others;
  }

  /** Narrows the widest columns until the line fits, or every column is down to one. */
  private void fit(int width) {
    int over = GAP * (size() - 1) - width;
    for (int w : widths) {
      over += w;
    }
    while (over > 0) {
      int widest = 0;
      int next = 1;
      for (int i = 1; i < widths.length; i++) {
        if (widths[i] > widths[widest]) {
          widest = i;
        }
      }
      for (int i = 0; i < widths.length; i++) {
        if (i != widest) {
          next = Math.max(next, widths[i]);
        }
      }
      if (widths[widest] == 1) {
        return;
      }
      int step = Math.min(over, Math.max(1, widths[widest] - next));
      widths[widest] -= step;
      over -= step;
    }
  }

  List<String> columns() {
    return columns;
  }

  int size() {
    return columns.size();
  }

  int width(int column) {
    return widths[column];
  }

  boolean right(int column) {
    return right[column];
  }
}
