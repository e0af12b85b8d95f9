package org.minivql.builtin.sigma;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.FileArguments;
import org.minivql.accessor.OSPath;
import org.minivql.format.evtx.Evtx;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Windows event logs, in their binary format or as lines of JSON. */
final class EventLogs {
  private static final int LOOK_AHEAD = 64;

  /** What editors on Windows put before UTF-8. */
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

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
    try (InputStream in = new BufferedInputStream(open(context, accessor, path), 1 << 16)) {
      return isText(in) ? lines(context, path, in, out) : binary(context, path, in, out);
    } catch (Unopened e) {
      context.scope().log("Unable to open file " + path.text() + ": " + e.getMessage());
    } catch (IOException e) {
      context.scope().log("Unable to parse file " + path.text() + ": " + e.getMessage());
    }
    return true;
  }

  private static final class Unopened extends IOException {
    private static final long serialVersionUID = 1L;

    Unopened(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private static InputStream open(CallContext context, Accessor accessor, OSPath path)
      throws Unopened {
    try {
      return ofFile(context, accessor, path);
    } catch (IOException e) {
      throw new Unopened(e);
    }
  }

  private static InputStream ofFile(CallContext context, Accessor accessor, OSPath path)
      throws IOException {
    try {
      return accessor.open(context.scope(), path);
    } catch (IOException e) {
      try {
        return accessor.open(context.scope(), accessor.parse(path.text() + ".jsonl"));
      } catch (IOException other) {
        // The log itself is what the caller asked for, so its failure is told.
        e.addSuppressed(other);
        throw e;
      }
    }
  }

  /** A binary log starts with its signature, lines of JSON with a brace. */
  private static boolean isText(InputStream in) throws IOException {
    in.mark(LOOK_AHEAD);
    byte[] start = in.readNBytes(LOOK_AHEAD);
    in.reset();
    for (byte b : start) {
      if (b == '{') {
        return true;
      }
      boolean mark = b == MARK[0] || b == MARK[1] || b == MARK[2];
      if (!Character.isWhitespace(b) && !mark) {
        return false;
      }
    }
    return false;
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
    in.mark(MARK.length);
    if (!Arrays.equals(in.readNBytes(MARK.length), MARK)) {
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
