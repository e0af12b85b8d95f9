package org.minivql.plain;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Select;
import org.minivql.value.Dict;
import org.minivql.value.Sink;
import org.minivql.value.Values;

/** LIMIT(ORDER BY(GROUP BY(WHERE(columns(FROM))))), row by row. */
final class PlainSelect {
  private PlainSelect() {}

  static void run(Select select, PlainScope scope, Sink out) {
    if (select.limit() == null) {
      ordered(select, scope, out);
      return;
    }
    long[] count = {0};
    ordered(select, scope, row -> out.row(row) && ++count[0] < select.limit().rows());
  }

  private static void ordered(Select select, PlainScope scope, Sink out) {
    if (select.orderBy() == null) {
      grouped(select, scope, out);
      return;
    }
    List<Dict> rows = new ArrayList<>();
    grouped(select, scope, row -> rows.add((Dict) row));
    String column = Names.unquote(select.orderBy().name());
    push(
        PlainOrder.sorted(rows, select.orderBy(), scope),
        row -> {
          if (!((Dict) row).has(column)) {
            scope.log("Order by column " + column + " not present in row");
          }
          return out.row(row);
        });
  }

  private static void push(List<Dict> rows, Sink out) {
    for (Dict row : rows) {
      if (!out.row(row)) {
        return;
      }
    }
  }

  private static void grouped(Select select, PlainScope scope, Sink out) {
    if (select.groupBy() == null) {
      each(select, scope, (row, raw) -> out.row(row.complete()));
      return;
    }
    Map<String, Dict> bins = new LinkedHashMap<>();
    Map<String, Map<Object, Object>> contexts = new LinkedHashMap<>();
    each(
        select,
        scope,
        (row, raw) -> {
          String bin = text(PlainExpressions.eval(select.groupBy(), raw.with(row)), raw.with(row));
          row.moveTo(raw.counting(contexts.computeIfAbsent(bin, b -> new IdentityHashMap<>())));
          bins.put(bin, row.complete());
          return true;
        });
    push(new ArrayList<>(bins.values()), out);
  }

  private static String text(Object value, PlainScope scope) {
    return scope.operators().text(scope, value);
  }

  /** Takes a row that WHERE let pass. */
  private interface Passed {
    boolean row(PlainRow row, PlainScope raw);
  }

  private static void each(Select select, PlainScope scope, Passed passed) {
    PlainFrom.run(
        select.from(),
        scope,
        value -> {
          scope.run().step();
          PlainScope raw = scope.owned(value);
          PlainRow row = new PlainRow(select, value, raw);
          try {
            return !passes(select.where(), raw.with(row)) || passed.row(row, raw);
          } finally {
            raw.end();
          }
        });
  }

  private static boolean passes(Expr where, PlainScope scope) {
    return where == null || PlainExpressions.test(where, scope);
  }

  /** A query in braces as a column: rows of one member are that member, one row is no list. */
  static Object column(Select select, PlainScope scope) {
    List<Object> values = new ArrayList<>();
    run(
        select,
        scope,
        row -> {
          boolean single = row instanceof Dict dict && dict.size() == 1;
          return values.add(single ? Values.reduce(((Dict) row).cell(0)) : row);
        });
    if (values.isEmpty()) {
      return Values.NIL;
    }
    return values.size() == 1 ? values.get(0) : values;
  }
}
