package org.minivql.builtin.control;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.minivql.format.Json;
import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Spans;
import org.minivql.value.Timestamp;
import org.minivql.value.text.GoFormat;

/** Saying something in the query log. */
final class Logging {
  private static final Set<String> LEVELS =
      Set.of("DEFAULT", "ERROR", "INFO", "WARN", "DEBUG", "ALERT");
  private static final int REMEMBERED = 100;

  /** What the alerts of a run are kept under. */
  private static final Object ALERTS = List.of(Said.class, "alert");

  private Logging() {}

  /** What was said lately, with the time until which it is not said again. */
  private static final class Said {
    private final Map<String, Instant> until =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
          }
        };

    synchronized boolean again(String message, Instant now, long seconds) {
      Instant end = until.get(message);
      if (end != null && end.isAfter(now)) {
        return true;
      }
      until.remove(message);
      until.put(message, now.plus(Spans.seconds(seconds)));
      return false;
    }
  }

  /** Lets a run that follows another one know what that one said. */
  static void share(Scope run, Scope next) {
    next.runState(Said.class, () -> said(run));
    next.runState(ALERTS, () -> alerts(run));
  }

  private static Said said(Scope scope) {
    return scope.runState(Said.class, Said::new);
  }

  private static Said alerts(Scope scope) {
    return scope.runState(ALERTS, Said::new);
  }

  @VqlFunction(
      name = "log",
      doc =
          "Writes a line to the query log and is TRUE. The same message, before its arguments are"
              + " filled in, is written once within the time.",
      version = 2,
      onError = ErrorValue.FALSE,
      examples = "log(message='seen %v', args=3, level='debug') => true")
  static Object log(
      CallContext context,
      @Arg(value = "The text, or a template.", required = true) String message,
      @Arg("What the verbs of the template show: one value or a list.") Object args,
      @Arg(value = "Seconds; a negative number writes every time.", defaultValue = "60") long dedup,
      @Arg(value = "DEFAULT, ERROR, INFO, WARN, DEBUG or ALERT.", defaultValue = "DEFAULT")
          String level) {
    Scope scope = context.scope();
    if (dedup >= 0) {
      if (said(scope).again(message, scope.clock().instant(), dedup == 0 ? 60 : dedup)) {
        return true;
      }
    }
    String text = message;
    if (args != null && args != Absent.ABSENT) {
      text = GoFormat.format(scope, message, args instanceof List<?> list ? list : List.of(args));
    }
    String upper = level.toUpperCase(Locale.ROOT);
    scope.log((LEVELS.contains(upper) ? upper : "DEFAULT") + ":" + text);
    return true;
  }

  @VqlFunction(
      name = "alert",
      logName = "ERROR:alert",
      doc =
          "Writes an alert with the other arguments as its data to the query log and is TRUE; NULL"
              + " where the condition is given and false.",
      version = 2,
      examples = {
        "alert(name='Disk full', host='a') => true",
        "alert(name='Disk full', condition=FALSE) => null"
      })
  static Object alert(
      CallContext context,
      @Arg(value = "The name.", required = true) String name,
      @Arg(
              value = "Seconds in which further alerts of the name are informative only.",
              defaultValue = "7200")
          long dedup,
      @Arg("Whether to alert at all.") Object condition,
      @AllArgs("The data.") Dict data) {
    Scope scope = context.scope();
    if (condition != Absent.ABSENT && !scope.operators().truth(scope, condition)) {
      return null;
    }
    Instant now = scope.clock().instant();
    String json =
        Json.text(
            scope, Dict.of("name", name, "timestamp", Timestamp.utc(now), "event_data", data));
    boolean again = alerts(scope).again(name, now, dedup <= 0 ? 7200 : dedup);
    scope.log(again ? "INFO:Alert " + name + " (Sup): " + json : "ALERT:" + json);
    return true;
  }
}
