package org.minivql.builtin.control;

import java.time.Duration;
import org.minivql.accessor.FileRoots;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;
import org.minivql.value.Queries;
import org.minivql.value.Scope;
import org.minivql.value.Spans;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/** Waiting, and what is done at the end. */
final class Timing {
  private static final long USUAL = 60;

  /** Seconds; nothing at the end of a program may take longer than a day. */
  private static final long LONGEST = 24 * 60 * 60;

  private Timing() {}

  @VqlFunction(
      name = "sleep",
      doc = "Waits, or until the query is over, and is TRUE.",
      onError = ErrorValue.FALSE,
      examples = "sleep(ms=1) => true")
  static Object sleep(
      CallContext context,
      @Arg("Seconds.") long time,
      @Arg("Milliseconds; they win over seconds.") long ms) {
    Duration wait = ms != 0 ? Spans.millis(ms) : Spans.seconds(time);
    if (!wait.isZero()) {
      context.scope().pause(wait);
    }
    return true;
  }

  @VqlFunction(
      name = "atexit",
      doc = "Runs a query when the whole program ends, also when it was stopped, and is TRUE.",
      version = 1)
  static Object atexit(
      CallContext context,
      @Arg(value = "The query.", required = true) Object query,
      @Arg("Its variables.") Dict env,
      @Arg(value = "Seconds it may take.", defaultValue = "60") long timeout) {
    if (!Values.isQuery(query)) {
      context.log("Query type " + Values.typeName(query) + " not supported.");
      return true;
    }
    StoredQuery last = Queries.of(query);
    long seconds = timeout == 0 ? USUAL : timeout < 0 ? LONGEST : Math.min(timeout, LONGEST);
    Scope scope = env == null ? context.scope() : context.scope().with(env);
    scope.onRootClose(
        () -> {
          scope.log("Running AtExit query " + last.text());
          Scope end = scope.atEnd(Duration.ofSeconds(seconds));
          FileRoots.share(scope, end);
          Logging.share(scope, end);
          try {
            last.run(end, row -> end.alive());
          } finally {
            end.end();
          }
        });
    return true;
  }
}
