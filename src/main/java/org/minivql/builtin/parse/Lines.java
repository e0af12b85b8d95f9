package org.minivql.builtin.parse;

import java.io.IOException;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.accessor.standard.Gzip;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/** Files line by line. */
final class Lines {
  private static final Shape LINE = Shape.of("Line");
  private static final char MARK = '\uFEFF';

  private Lines() {}

  @VqlPlugin(
      name = "parse_lines",
      doc =
          "One row for each line of the files, without its line end; compressed files are"
              + " recognised.",
      columns = "Line",
      examples =
          "SELECT * FROM parse_lines(accessor='data', filename='one\\r\\n\\ntwo') =>"
              + " [{\"Line\":\"one\"},{\"Line\":\"\"},{\"Line\":\"two\"}]")
  static void parseLines(
      CallContext context,
      Sink out,
      @Arg(value = "The files.", required = true) Object filename,
      @Arg("The accessor.") String accessor,
      @Arg(
              value = "The longest line in bytes; a longer one ends its file.",
              name = "buffer_size",
              defaultValue = "65536")
          long bufferSize) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    for (OSPath path : files.paths(filename, "filename")) {
      Input input = Input.open(context, files, path);
      if (input == null) {
        continue;
      }
      try (LineReader lines = new LineReader(Gzip.unpacked(input.stream()), bufferSize)) {
        if (!rows(lines, out)) {
          return;
        }
      } catch (IOException e) {
        context.log(String.valueOf(e.getMessage()));
      }
    }
  }

  private static boolean rows(LineReader lines, Sink out) throws IOException {
    boolean first = true;
    String line;
    while ((line = lines.next()) != null) {
      if (first && !line.isEmpty() && line.charAt(0) == MARK) {
        line = line.substring(1);
      }
      first = false;
      if (line.endsWith("\r")) {
        line = line.substring(0, line.length() - 1);
      }
      if (!out.row(Dict.over(LINE, line))) {
        return false;
      }
    }
    return true;
  }
}
