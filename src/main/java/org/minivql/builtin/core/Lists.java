package org.minivql.builtin.core;

import java.util.List;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Materialized;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/** Lists, strings and ranges: how long they are and how to count. */
final class Lists {
  private static final Shape VALUE = Shape.of("_value");

  private Lists() {}

  @VqlFunction(
      name = "len",
      doc =
          "The number of elements of a list, bytes of a string, keys of a dict or rows of a"
              + " materialised query; 0 for anything else.",
      examples = {"len(list=(1,2,3)) => 3", "len(list='é') => 2"})
  static Object len(@Arg(value = "What to measure.", required = true) Object list) {
    if (list instanceof List<?> items) {
      return (long) items.size();
    }
    if (list instanceof String string) {
      return (long) Bytes.length(string);
    }
    if (list instanceof Dict dict) {
      return (long) dict.size();
    }
    return list instanceof Materialized rows ? (long) rows.size() : 0L;
  }

  @VqlPlugin(
      name = "range",
      doc = "Counts from start to end, end excluded.",
      columns = "_value",
      examples =
          "SELECT * FROM range(start=1, end=6, step=2) => [{\"_value\":1},{\"_value\":3},{\"_value\":5}]")
  static void range(
      Sink out,
      CallContext context,
      @Arg("The first number.") long start,
      @Arg(value = "Where to stop.", required = true) long end,
      @Arg("The distance between numbers; 0 counts as 1.") long step) {
    long by = step == 0 ? 1 : step;
    for (long i = start; i < end; i += by) {
      if (!out.row(Dict.flat(VALUE, i))) {
        return;
      }
    }
  }
}
