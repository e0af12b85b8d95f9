package org.minivql.plain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Column;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Select;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/**
 * The output columns of one row. A column that WHERE or GROUP BY reads is evaluated then, and not
 * again.
 */
final class PlainRow {
  private final Map<String, Function<PlainScope, Object>> columns = new LinkedHashMap<>();
  private final List<String> mentions = new ArrayList<>();
  private final Map<String, Object> read = new LinkedHashMap<>();
  private PlainScope scope;

  /** The columns of a query for one row of its plugin; they are evaluated in the given scope. */
  PlainRow(Select select, Object raw, PlainScope scope) {
    this.scope = scope;
    if (select.star()) {
      star(raw, true);
    }
    for (Column column : select.columns()) {
      if (column.star() && column.alias() == null) {
        star(raw, false);
      } else {
        mention(Names.columnName(column), where -> value(column, where));
      }
    }
    for (Column column : select.columns()) {
      // However the stars stand, the last expression with a name is what the name means.
      if (!column.star() || column.alias() != null) {
        columns.put(Names.columnName(column), where -> value(column, where));
      }
    }
  }

  private void star(Object raw, boolean leading) {
    if (raw instanceof Members row) {
      for (String name : row.memberNames()) {
        if (leading || !columns.containsKey(name)) {
          mention(name, where -> Values.reduce(row.member(name)));
        }
      }
    }
  }

  private void mention(String name, Function<PlainScope, Object> column) {
    columns.remove(name);
    columns.put(name, column);
    mentions.add(name);
  }

  private static Object value(Column column, PlainScope scope) {
    if (column.star()) {
      return null;
    }
    return column.value() instanceof Select select
        ? PlainSelect.column(select, scope)
        : PlainExpressions.eval((Expr) column.value(), scope);
  }

  boolean has(String name) {
    return columns.containsKey(name);
  }

  Object get(String name) {
    if (!read.containsKey(name)) {
      Object value = Values.reduce(columns.get(name).apply(scope));
      read.put(name, value);
    }
    return read.get(name);
  }

  /** What was not read yet belongs to another scope: that of a group. */
  void moveTo(PlainScope other) {
    scope = other;
  }

  /** The row as it leaves the query: every column evaluated, queries run. */
  Dict complete() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : mentions) {
      Object value =
          read.containsKey(name) ? read.get(name) : Values.reduce(columns.get(name).apply(scope));
      values.remove(name);
      if (value != Absent.ABSENT) {
        values.put(name, value instanceof StoredQuery query ? PlainRows.of(scope, query) : value);
      }
    }
    return Dict.of(values);
  }
}
