package org.minivql.builtin.core;

import java.util.ArrayList;
import java.util.List;
import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/** Making dicts, reading members, spreading rows out. */
final class Dicts {
  private static final Shape VALUE = Shape.of("_value");

  private Dicts() {}

  @VqlFunction(
      name = "dict",
      doc = "A dict of its arguments, in order. Queries become lists of rows.",
      examples = "dict(a=1, b='x') => {\"a\":1,\"b\":\"x\"}")
  static Object dict(CallContext context, @AllArgs("The members.") Dict members) {
    Object[] cells = new Object[members.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = context.scope().operators().normalise(context.scope(), members.cell(i));
    }
    return Dict.open(Dict.over(members.shape(), cells));
  }

  @VqlFunction(
      name = "get",
      doc = "Follows a dotted path of members; parts that are integers are indexes.",
      examples = "get(item=dict(a=(5,6)), member='a.1') => 6")
  static Object get(
      CallContext context,
      @Arg("Where to begin; the scope where it is not given.") Object item,
      @Arg(value = "The path, with dots.", required = true) String member) {
    Scope scope = context.scope();
    Object value = item == Absent.ABSENT ? scope : item;
    for (String part : member.split("\\.", -1)) {
      Object key = part.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(part) : part;
      value = Values.reduce(scope.operators().get(scope, value, key));
      if (value == Absent.ABSENT) {
        return null;
      }
    }
    return value;
  }

  @VqlPlugin(
      name = "flatten",
      doc =
          "Spreads each row out: one row for each combination of the elements of its cells, the"
              + " first column varying fastest.")
  static void flatten(
      CallContext context,
      Sink out,
      @Arg(value = "The rows to spread.", required = true) StoredQuery query) {
    query.run(
        context.scope(),
        row -> row instanceof Dict dict ? spread(context.scope(), dict, out) : out.row(row));
  }

  private static boolean spread(Scope scope, Dict row, Sink out) {
    List<List<Object>> choices = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      choices.add(choices(scope, row.cell(i)));
    }
    return combine(row.shape(), choices, new Object[row.size()], row.size() - 1, out);
  }

  private static boolean combine(
      Shape shape, List<List<Object>> choices, Object[] cells, int column, Sink out) {
    if (column < 0) {
      return out.row(Dict.over(shape, cells.clone()));
    }
    for (Object choice : choices.get(column)) {
      cells[column] = choice;
      if (!combine(shape, choices, cells, column - 1, out)) {
        return false;
      }
    }
    return true;
  }

  private static List<Object> choices(Scope scope, Object cell) {
    List<Object> items = new ArrayList<>();
    scope
        .operators()
        .iterate(
            scope,
            cell,
            item -> {
              boolean wrapped = item instanceof Dict dict && dict.has("_value");
              items.add(wrapped ? ((Dict) item).get("_value") : item);
              return true;
            });
    if (items.isEmpty()) {
      items.add(cell);
    }
    return items;
  }
}
