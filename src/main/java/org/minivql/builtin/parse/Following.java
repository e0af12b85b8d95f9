package org.minivql.builtin.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.minivql.accessor.FileTail;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.format.CsvReader;
import org.minivql.format.FormatException;
import org.minivql.format.Utf8Reader;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Files that others append to, as rows that come when they are written. */
final class Following {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private Following() {}

  @VqlPlugin(
      name = "watch_jsonl",
      doc = "One row for each line of JSON that is appended to the files.",
      endless = true)
  static void watchJsonl(
      CallContext context,
      Sink out,
      @Arg(value = "The files.", required = true) Object filename,
      @Arg("The accessor.") String accessor,
      @Arg(value = "The longest line in bytes.", name = "buffer_size") long bufferSize) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    LinesOfJson json = new LinesOfJson();
    follow(
        context,
        files,
        files.paths(filename, "filename"),
        bufferSize,
        (path, line) -> {
          if (line.isEmpty()) {
            return true;
          }
          try {
            return out.row(json.row(line));
          } catch (FormatException e) {
            context.append("Invalid jsonl: " + line);
            return true;
          }
        });
  }

  @VqlPlugin(
      name = "watch_csv",
      doc = "One row for each record that is appended to the files; columns as for parse_csv.",
      endless = true)
  static void watchCsv(
      CallContext context,
      Sink out,
      @Arg(value = "The files.", required = true) Object filename,
      @Arg("The accessor.") String accessor,
      @Arg(value = "Name the columns Col0, Col1 and so on.", name = "auto_headers")
          boolean autoHeaders,
      @Arg(value = "The character between fields.", defaultValue = ",") String separator,
      @Arg("Lines that start with this character are skipped.") String comment,
      @Arg("The names of the columns.") StringList columns) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    Map<OSPath, CsvTable> tables = new HashMap<>();
    List<OSPath> paths = files.paths(filename, "filename");
    for (OSPath path : paths) {
      CsvTable table = Csv.table(separator, comment, autoHeaders, columns);
      if (!autoHeaders && columns == null) {
        readHeader(context, files, path, table);
      }
      tables.put(path, table);
    }
    follow(
        context,
        files,
        paths,
        0,
        (path, line) -> {
          CsvTable table = tables.get(path);
          try (CsvReader reader = table.reader(new StringReader(line))) {
            List<String> fields = reader.next();
            Dict row = fields == null ? null : table.row(fields);
            return row == null || out.row(row);
          } catch (IOException e) {
            context.append("INFO:" + context.name() + ": " + e.getMessage());
            return true;
          }
        });
  }

  /** The names of the columns stand in the first record, which was written long ago. */
  private static void readHeader(
      CallContext context, FileArguments files, OSPath path, CsvTable table) {
    try (InputStream in = files.accessor().open(context.scope(), path);
        CsvReader reader = table.reader(new Utf8Reader(in))) {
      List<String> header = reader.next();
      if (header != null) {
        table.row(header);
      }
    } catch (IOException missing) {
      context.append("Unable to open file " + path.text() + ": " + missing.getMessage());
    }
  }

  private static void follow(
      CallContext context,
      FileArguments files,
      List<OSPath> paths,
      long longest,
      BiPredicate<OSPath, String> lines) {
    List<FileTail> tails = new ArrayList<>();
    for (OSPath path : paths) {
      tails.add(new FileTail(context.scope(), files.accessor(), path, longest, false));
    }
    do {
      for (FileTail tail : tails) {
        try {
          if (!tail.poll(line -> lines.test(tail.path(), line))) {
            return;
          }
        } catch (IOException e) {
          context.log(String.valueOf(e.getMessage()));
        }
      }
    } while (context.scope().pause(LOOK));
  }
}
