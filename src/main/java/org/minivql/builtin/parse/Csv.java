package org.minivql.builtin.parse;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.format.CsvReader;
import org.minivql.format.CsvRows;
import org.minivql.format.Utf8Reader;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Operators;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;
import org.minivql.value.time.ShownTimes;
import org.minivql.value.time.Times;

/** Tables as CSV. */
final class Csv {
  private Csv() {}

  @VqlPlugin(
      name = "parse_csv",
      doc =
          "One row for each record. Cells that look like numbers, bools, dicts or lists become"
              + " such values; an empty cell is the empty string.",
      examples =
          "SELECT * FROM parse_csv(accessor='data', filename='n,t\\n1,one\\n2.5,\" 7\"\\n') =>"
              + " [{\"n\":1,\"t\":\"one\"},{\"n\":2.5,\"t\":\"7\"}]")
  static void parseCsv(
      CallContext context,
      Sink out,
      @Arg(value = "The files.", required = true) Object filename,
      @Arg("The accessor.") String accessor,
      @Arg(value = "Name the columns Col0, Col1 and so on.", name = "auto_headers")
          boolean autoHeaders,
      @Arg(value = "The character between fields.", defaultValue = ",") String separator,
      @Arg("Lines that start with this character are skipped.") String comment,
      @Arg("The names of the columns; then the first record is data.") StringList columns) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    CsvTable table = table(separator, comment, autoHeaders, columns);
    for (OSPath path : files.paths(filename, "filename")) {
      Input input = Input.open(context, files, path);
      if (input == null) {
        continue;
      }
      try (CsvReader reader = table.reader(new Utf8Reader(input.stream()))) {
        List<String> fields;
        while ((fields = reader.next()) != null) {
          Dict row = table.row(fields);
          if (row != null && !out.row(row)) {
            return;
          }
        }
      } catch (IOException e) {
        context.append("INFO:" + context.name() + ": " + e.getMessage());
      }
    }
  }

  /** The table of a call. */
  static CsvTable table(String separator, String comment, boolean autoHeaders, StringList columns) {
    if (separator == null || separator.length() != 1) {
      throw new ArgumentException("separator can only be one character");
    }
    if (comment != null && comment.length() > 1) {
      throw new ArgumentException("comment can only be one character");
    }
    int mark = comment == null || comment.isEmpty() ? -1 : comment.charAt(0);
    List<String> names = columns == null ? List.of() : columns;
    return new CsvTable(separator.charAt(0), mark, autoHeaders, names);
  }

  @VqlPlugin(
      name = "write_csv",
      permission = "FILESYSTEM_WRITE",
      doc =
          "Writes the rows of a query to a CSV file and passes them on. The columns are those of"
              + " the first row.")
  static void writeCsv(
      CallContext context,
      Sink out,
      @Arg(value = "The file of the host to write.", required = true) Object filename,
      @Arg(value = "The rows.", required = true) StoredQuery query,
      @Arg("file or auto.") String accessor) {
    RowFile.write(
        context,
        new RowFile.Request(filename, accessor, query, false),
        stream -> {
          Writer text = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
          CsvRows csv = new CsvRows(text);
          csv.begin();
          return new RowFile.Format() {
            @Override
            public void row(Object row) throws IOException {
              csv.row(normalised(context, row));
            }

            @Override
            public void close() throws IOException {
              csv.close();
              text.close();
            }
          };
        },
        out);
  }

  private static Dict normalised(CallContext context, Object row) {
    if (!(row instanceof Members members)) {
      return Dict.of("_value", row);
    }
    ZoneId zone = Times.shownZone(context.scope());
    Operators operators = context.scope().operators();
    Dict.Builder cells = Dict.builder();
    for (String name : new ArrayList<>(members.memberNames())) {
      Object value = members.member(name);
      if (value != Absent.ABSENT) {
        cells.set(name, ShownTimes.in(zone, operators.normalise(context.scope(), value)));
      }
    }
    return cells.build();
  }
}
