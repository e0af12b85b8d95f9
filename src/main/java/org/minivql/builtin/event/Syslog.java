package org.minivql.builtin.event;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.minivql.accessor.FileTail;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** Logs of lines that others append to. */
final class Syslog {
  private static final Shape ROW = Shape.of("OSPath", "Line");
  private static final Duration LOOK = Duration.ofSeconds(3);

  private Syslog() {}

  @VqlPlugin(
      name = "watch_syslog",
      doc = "One row for each line that is appended to the files.",
      columns = {"OSPath", "Line"},
      version = 2,
      endless = true)
  static void watchSyslog(
      CallContext context,
      Sink out,
      @Arg("The files.") Object filename,
      @Arg("The accessor.") String accessor,
      @Arg(value = "The longest line in bytes.", name = "buffer_size") long bufferSize,
      @Arg("A query with a column OSPath: files that appear in it later are read as a whole.")
          StoredQuery query) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    Map<OSPath, FileTail> tails = new LinkedHashMap<>();
    if (filename != null && filename != Absent.ABSENT) {
      for (OSPath path : files.paths(filename, "filename")) {
        tails.put(path, tail(context, files, path, bufferSize, false));
      }
    }
    boolean first = true;
    do {
      if (query != null) {
        look(context, files, query, bufferSize, !first, tails);
      }
      first = false;
      for (FileTail tail : tails.values()) {
        try {
          if (!tail.poll(line -> out.row(Dict.over(ROW, tail.path(), line)))) {
            return;
          }
        } catch (IOException e) {
          context.log(String.valueOf(e.getMessage()));
        }
      }
    } while (context.scope().pause(LOOK));
  }

  private static void look(
      CallContext context,
      FileArguments files,
      StoredQuery query,
      long bufferSize,
      boolean fromStart,
      Map<OSPath, FileTail> tails) {
    Scope scope = context.scope();
    query.run(
        scope,
        row -> {
          Object found = scope.operators().get(scope, row, "OSPath");
          if (found != null && found != Absent.ABSENT) {
            OSPath path = files.path(found, "filename");
            tails.computeIfAbsent(path, p -> tail(context, files, p, bufferSize, fromStart));
          }
          return true;
        });
  }

  private static FileTail tail(
      CallContext context, FileArguments files, OSPath path, long longest, boolean fromStart) {
    return new FileTail(context.scope(), files.accessor(), path, longest, fromStart);
  }
}
