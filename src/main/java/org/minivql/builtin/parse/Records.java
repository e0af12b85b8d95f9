package org.minivql.builtin.parse;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.util.List;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Text cut into records by patterns. */
final class Records {
  private Records() {}

  @VqlPlugin(
      name = "split_records",
      doc =
          "Cuts files into records and records into fields. All values are strings; missing fields"
              + " are NULL.",
      version = 2,
      examples = {
        "SELECT * FROM split_records(accessor='data', filenames='1;2\\n3', regex=';',"
            + " columns=['a','b']) => [{\"a\":\"1\",\"b\":\"2\"},{\"a\":\"3\",\"b\":null}]",
        "SELECT * FROM split_records(accessor='data', filenames='a-b-c', regex='-', count=2) =>"
            + " [{\"Column0\":\"a\",\"Column1\":\"b-c\"}]"
      })
  static void splitRecords(
      CallContext context,
      Sink out,
      @Arg(value = "The files.", required = true) Object filenames,
      @Arg("The accessor.") String accessor,
      @Arg(value = "What separates fields.", defaultValue = "\\s+") String regex,
      @Arg(value = "What separates records.", name = "record_regex", defaultValue = "\\n")
          String recordRegex,
      @Arg("The names of the columns.") StringList columns,
      @Arg(value = "Take the names from the first record.", name = "first_row_is_headers")
          boolean firstRowIsHeaders,
      @Arg("The most fields; the rest stays in the last.") Long count,
      @Arg(
              value = "The longest record in bytes; a longer one is cut.",
              name = "buffer_size",
              defaultValue = "65536")
          long bufferSize) {
    FileArguments files = FileArguments.of(context, accessor, "filenames");
    Pattern field = exact(context, regex);
    Pattern record = exact(context, recordRegex);
    List<String> names = columns == null ? List.of() : columns;
    RecordColumns rows = new RecordColumns(context.scope(), field, count, names, firstRowIsHeaders);
    for (OSPath path : files.paths(filenames, "filenames")) {
      Input input = Input.open(context, files, path);
      if (input == null) {
        continue;
      }
      try (RecordReader reader =
          new RecordReader(context.scope(), input.stream(), record, bufferSize)) {
        String text;
        while ((text = reader.next()) != null) {
          Dict row = rows.row(text);
          if (row != null && !out.row(row)) {
            return;
          }
        }
      } catch (IOException e) {
        context.log(String.valueOf(e.getMessage()));
      }
    }
  }

  private static Pattern exact(CallContext context, String regex) {
    try {
      return context.scope().patterns().exact(regex);
    } catch (PatternSyntaxException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }

  @VqlPlugin(
      name = "parse_records_with_regex",
      doc =
          "One row for each match of a pattern: FullPath and the groups of all patterns. A window in"
              + " which nothing matches is dropped as a whole.",
      examples =
          "SELECT v FROM parse_records_with_regex(accessor='data', file='a=1 b=2 a=3',"
              + " regex='a=(?P<v>.)') => [{\"v\":\"1\"},{\"v\":\"3\"}]")
  static void parseRecordsWithRegex(
      CallContext context,
      Sink out,
      @Arg(value = "The files.", required = true) Object file,
      @Arg(value = "The patterns, tried in order.", required = true) StringList regex,
      @Arg("The accessor.") String accessor,
      @Arg(value = "The window in bytes.", name = "buffer_size", defaultValue = "65536")
          long bufferSize) {
    FileArguments files = FileArguments.of(context, accessor, "file");
    Pattern[] patterns = new Pattern[regex.size()];
    for (int i = 0; i < patterns.length; i++) {
      try {
        patterns[i] = context.scope().patterns().exact("(?i)" + regex.get(i));
      } catch (PatternSyntaxException e) {
        context.append("Unable to compile regex " + regex.get(i));
        return;
      }
    }
    PatternRecords records = new PatternRecords(context.scope(), patterns, bufferSize);
    for (OSPath path : files.paths(file, "file")) {
      Input input = Input.openBriefly(context, files, path);
      if (input == null) {
        continue;
      }
      try (var in = input.stream()) {
        if (!records.read(in, path, out)) {
          return;
        }
      } catch (IOException e) {
        context.log(String.valueOf(e.getMessage()));
      }
    }
  }
}
