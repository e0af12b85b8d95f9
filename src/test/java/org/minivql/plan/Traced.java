package org.minivql.plan;

import java.util.ArrayList;
import java.util.List;
import org.minivql.format.Json;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Sink;
import org.minivql.value.Values;

/** A function and a plugin that leave a trace of what is done, in order. */
final class Traced {
  private static final long MOST_ROWS = 4;

  private final List<String> marks = new ArrayList<>();

  /** What was done so far. */
  List<String> marks() {
    return marks;
  }

  private static void mark(CallContext context, String mark) {
    context.scope().service(Traced.class).marks.add(mark);
  }

  @VqlFunction(name = "trace", doc = "The value, of which it takes a note.")
  static Object trace(
      CallContext context,
      @Arg(value = "The place.", required = true) long tag,
      @Arg("The value.") Object value) {
    Object result = value == Absent.ABSENT ? null : value;
    mark(context, tag + " " + (Values.isPlain(result) ? Json.text(result) : "…"));
    context.scope().onClose(() -> mark(context, tag + " closed"));
    return result;
  }

  @VqlPlugin(name = "rows", doc = "Rows, and a note of each and of the end.")
  static void rows(
      CallContext context,
      Sink out,
      @Arg("How many.") long n,
      @Arg(value = "The place.", required = true) long tag) {
    context.scope().onClose(() -> mark(context, tag + " closed"));
    for (long i = 0; i < Math.min(n, MOST_ROWS); i++) {
      mark(context, tag + " row " + i);
      if (!out.row(Dict.of("a", i, "b", n - i))) {
        mark(context, tag + " stopped");
        return;
      }
    }
    mark(context, tag + " end");
  }
}
