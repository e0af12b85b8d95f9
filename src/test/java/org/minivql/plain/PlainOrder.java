package org.minivql.plain;

import java.util.ArrayList;
import java.util.List;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Select;
import org.minivql.value.Dict;

/** ORDER BY: insertion, as the language has it for few rows. */
final class PlainOrder {
  private static final int FEW = 12;

  private PlainOrder() {}

  static List<Dict> sorted(List<Dict> rows, Select.OrderBy order, PlainScope scope) {
    String column = Names.unquote(order.name());
    if (rows.size() > FEW && !alike(rows, column)) {
      throw new NotComparable("the order of many rows of different kinds is not defined");
    }
    List<Dict> sorted = new ArrayList<>();
    for (Dict row : rows) {
      int at = sorted.size();
      while (at > 0 && less(row, sorted.get(at - 1), column, order.descending(), scope)) {
        at--;
      }
      sorted.add(at, row);
    }
    return sorted;
  }

  private static boolean less(Dict a, Dict b, String column, boolean descending, PlainScope scope) {
    if (!a.has(column) || !b.has(column)) {
      return false;
    }
    return descending != scope.operators().less(scope, key(a, column), key(b, column));
  }

  private static Object key(Dict row, String column) {
    Object value = row.get(column);
    return value == null ? "" : value;
  }

  private static boolean alike(List<Dict> rows, String column) {
    return rows.stream().allMatch(row -> row.get(column) instanceof Long)
        || rows.stream().allMatch(row -> row.get(column) instanceof String)
        || rows.stream().noneMatch(row -> row.has(column));
  }
}
