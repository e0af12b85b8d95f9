package org.minivql.builtin.event;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.minivql.registry.Access;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.LogFeed;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Members;
import org.minivql.value.Sink;
import org.minivql.value.Timestamp;

/** The log as a source of rows. */
final class LogRows {
  private static final int WAITING = 10_000;
  private static final Duration LOOK = Duration.ofMillis(20);

  private LogRows() {}

  @VqlPlugin(
      name = "logging",
      doc = "The lines that are written to the log of this run, as they come.",
      columns = {"time", "level", "msg"},
      version = 2,
      permission = "SERVER_ADMIN",
      endless = true)
  static void logging(
      CallContext context,
      Sink out,
      @Arg("Which parts of a server; all its queries are one of them.") StringList component,
      @Arg("Begin with the lines so far.") boolean prelog) {
    Access.server(context, "SERVER_ADMIN");
    if (component != null && !component.isEmpty() && !component.contains("generic")) {
      return;
    }
    LogFeed feed = context.scope().service(LogFeed.class);
    Queue<LogFeed.Line> lines = new ArrayBlockingQueue<>(WAITING);
    // A line for which there is no room is not worth stopping the query that wrote it.
    Runnable end = feed.listen(lines::offer);
    try {
      if (prelog && !past(feed, out)) {
        return;
      }
      while (context.scope().alive()) {
        LogFeed.Line line = lines.poll();
        if (line == null ? !context.scope().pause(LOOK) : !out.row(new Row(line))) {
          return;
        }
      }
    } finally {
      end.run();
    }
  }

  private static boolean past(LogFeed feed, Sink out) {
    for (LogFeed.Line line : feed.past()) {
      if (!out.row(new Row(line))) {
        return false;
      }
    }
    return true;
  }

  /** A line; its members are found whatever the case of their names. */
  private record Row(LogFeed.Line line) implements Members {
    private static final List<String> NAMES = List.of("time", "level", "msg");
    private static final String SENDER = "Velociraptor: ";

    @Override
    public Object member(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "time" -> Timestamp.utc(line.time());
        case "level" -> "INFO";
        case "msg" -> SENDER + line.text();
        default -> Absent.ABSENT;
      };
    }

    @Override
    public List<String> memberNames() {
      return NAMES;
    }
  }
}
