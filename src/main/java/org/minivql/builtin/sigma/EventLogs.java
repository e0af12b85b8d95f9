package org.minivql.builtin.sigma;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.format.evtx.Evtx;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Windows event logs, in their binary format or as lines of JSON. */
final class EventLogs {
  private static final int LOOK_AHEAD = 64;
  private static final String SIGNATURE = "ElfFile";
  private static final String LINES = ".jsonl";

  /** What editors on Windows put before UTF-8. */
  private static final String MARK = "\uFEFF";

  private EventLogs() {}

  @VqlPlugin(
      name = "parse_evtx",
      version = 2,
      doc =
          "The records of Windows event logs: System, EventData or UserData, and Message, which is"
              + " empty. Damaged chunks and records are skipped with a log line. A log kept as"
              + " lines of JSON is read as well, also where it stands beside the wanted name with"
              + " .jsonl added.",
      columns = {"System", "EventData", "Message"},
      examples =
          "SELECT System.EventID.Value AS ID FROM parse_evtx(accessor='data',"
              + " filename='{\"System\":{\"EventID\":{\"Value\":1102}}}') => [{\"ID\":1102}]")
  static void parseEvtx(
      CallContext context,
      Sink out,
      @Arg(value = "The logs.", required = true) Object filename,
      @Arg("The accessor.") String accessor,
      @Arg("A message database; texts of messages are not looked up.") String messagedb,
      @Arg("Ignored: one chunk is read after the other.") long workers) {
    if (messagedb != null && !messagedb.isEmpty()) {
      context.log("messagedb is not used: messages stay empty");
    }
    FileArguments files = FileArguments.of(context, accessor, "filename");
    for (OSPath path : files.paths(filename, "filename")) {
      if (!log(context, files.accessor(), path, out)) {
        return;
      }
    }
  }

  private static boolean log(CallContext context, Accessor accessor, OSPath path, Sink out) {
    OSPath opened = path;
    InputStream stream;
    try {
      stream = accessor.open(context.scope(), path);
    } catch (IOException e) {
      opened = accessor.parse(path.text() + LINES);
      stream = openIfThere(context, accessor, opened);
      if (stream == null) {
        context.append("Unable to open file " + path.text() + ": " + e.getMessage());
        return true;
      }
    }
    try (InputStream in = new BufferedInputStream(stream, 1 << 16)) {
      return isText(in, opened) ? lines(context, path, in, out) : binary(context, path, in, out);
    } catch (IOException e) {
      context.append("Unable to parse file " + path.text() + ": " + e.getMessage());
      return true;
    }
  }

  private static InputStream openIfThere(CallContext context, Accessor accessor, OSPath path) {
    try {
      return accessor.open(context.scope(), path);
    } catch (IOException e) {
      return null;
    }
  }

  /** A binary log starts with its signature; lines of JSON with a brace, or their name tells. */
  private static boolean isText(InputStream in, OSPath path) throws IOException {
    in.mark(LOOK_AHEAD);
    String start = new String(in.readNBytes(LOOK_AHEAD), StandardCharsets.UTF_8);
    in.reset();
    boolean named = path.text().endsWith(LINES) && !start.startsWith(SIGNATURE);
    return named || start.replace(MARK, "").stripLeading().startsWith("{");
  }

  private static boolean binary(CallContext context, OSPath path, InputStream in, Sink out)
      throws IOException {
    boolean[] wanted = {true};
    Evtx.read(
        in,
        record -> {
          wanted[0] = out.row(record.row());
          return wanted[0];
        },
        (offset, message) -> context.log(path.text() + ": at offset " + offset + ": " + message));
    return wanted[0];
  }

  private static boolean lines(CallContext context, OSPath path, InputStream in, Sink out)
      throws IOException {
    byte[] mark = MARK.getBytes(StandardCharsets.UTF_8);
    in.mark(mark.length);
    if (!Arrays.equals(in.readNBytes(mark.length), mark)) {
      in.reset();
    }
    EventLines lines = new EventLines(in);
    while (true) {
      Dict row =
          lines.next(
              (line, message) ->
                  context.log(path.text() + ": line " + line + " skipped: " + message));
      if (row == null) {
        return true;
      }
      if (!out.row(row)) {
        return false;
      }
    }
  }
}
