package org.minivql.builtin.parse;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.format.JsonReader;
import org.minivql.format.JsonWriter;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;
import org.minivql.value.time.Times;

/** JSON texts, arrays and lines. */
final class JsonData {
  private static final int SHOWN = 100;
  private static final long LONGEST_LINE = 64L << 20;

  private JsonData() {}

  @VqlFunction(
      name = "parse_json",
      doc =
          "The dict of a JSON object. Strings that are complete RFC 3339 times become times. NULL,"
              + " with a log line, for anything that is not an object or violates the schema, which"
              + " adds the defaults of what is missing.",
      version = 2,
      examples = {
        "parse_json(data='{\"a\":1,\"b\":[true,null]}') => {\"a\":1,\"b\":[true,null]}",
        "parse_json(data='[1]') => null",
        "parse_json(data='{\"a\":1}', schema='{\"properties\":{\"b\":{\"default\":2}}}') =>"
            + " {\"a\":1,\"b\":2}"
      })
  static Object parseJson(
      CallContext context,
      @Arg(value = "The text; it starts with an opening brace.", required = true) String data,
      @Arg("JSON Schemas: the first is applied and may refer to the others.") StringList schema) {
    if (!data.startsWith("{")) {
      throw new ArgumentException("Invalid JSON object: " + head(data));
    }
    try {
      Object value = Json.parse(data, JsonReader.Style.TIMES);
      return Schemas.given(schema)
          ? Schemas.checked(context, schema, data, (Dict) value, JsonReader.Style.TIMES)
          : value;
    } catch (FormatException e) {
      throw new ArgumentException(e.getMessage() + ": " + head(data));
    }
  }

  private static String head(String data) {
    return Bytes.length(data) <= SHOWN ? data : Bytes.slice(data, 0, SHOWN);
  }

  @VqlFunction(
      name = "parse_json_array",
      doc =
          "The list of a JSON array; an empty list for empty text. Elements that are no objects have"
              + " floats for numbers.",
      version = 2,
      examples = {
        "parse_json_array(data='[1,\"a\",{\"z\":1}]') => [1,\"a\",{\"z\":1}]",
        "parse_json_array(data=' ') => []"
      })
  static Object parseJsonArray(
      @Arg(value = "The text.", required = true) String data,
      @Arg("JSON Schema documents; not applied.") StringList schema) {
    String text = data.strip();
    if (text.isEmpty() || text.equals("null")) {
      return new ArrayList<>();
    }
    try {
      Object value = Json.parse(text, JsonReader.Style.ROWS);
      if (value instanceof List<?>) {
        return value;
      }
      throw new ArgumentException(
          "json: cannot unmarshal " + kind(value) + " into Go value of type []json.RawMessage");
    } catch (FormatException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }

  private static String kind(Object value) {
    return value instanceof Dict
        ? "object"
        : value instanceof String ? "string" : value instanceof Boolean ? "bool" : "number";
  }

  @VqlPlugin(
      name = "parse_json_array",
      doc = "One row for each element of a JSON array.",
      version = 2,
      examples =
          "SELECT * FROM parse_json_array(data='[{\"a\":1},{\"a\":2}]') => [{\"a\":1},{\"a\":2}]")
  static void parseJsonArrayRows(
      Sink out,
      @Arg(value = "The text.", required = true) String data,
      @Arg("JSON Schema documents; not applied.") StringList schema) {
    for (Object item : (List<?>) parseJsonArray(data, schema)) {
      if (!out.row(item instanceof Members ? item : Dict.EMPTY)) {
        return;
      }
    }
  }

  @VqlPlugin(
      name = "parse_jsonl",
      doc = "One row for each line of a file of JSON lines; what is no object is {_value: x}.",
      version = 2,
      examples =
          "SELECT * FROM parse_jsonl(accessor='data', filename='{\"a\":1}\\n7\\n') =>"
              + " [{\"a\":1},{\"_value\":7}]")
  static void parseJsonl(
      CallContext context,
      Sink out,
      @Arg(value = "The file.", required = true) Object filename,
      @Arg("The accessor.") String accessor) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    OSPath path = files.path(filename, "filename");
    Input input = Input.open(context, files, path);
    if (input == null) {
      return;
    }
    try (LineReader lines = new LineReader(input.stream(), LONGEST_LINE)) {
      rows(context, lines, out);
    } catch (IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }

  private static void rows(CallContext context, LineReader lines, Sink out) throws IOException {
    LinesOfJson json = new LinesOfJson();
    boolean reported = false;
    long number = 0;
    String line;
    while ((line = lines.next()) != null) {
      if (line.isEmpty()) {
        continue;
      }
      number++;
      Dict row;
      try {
        row = json.row(line);
      } catch (FormatException e) {
        if (!reported) {
          context.append(
              "DEFAULT:parse_jsonl: error at line "
                  + number
                  + ": "
                  + e.getMessage()
                  + " skipping all invalid lines");
          reported = true;
        }
        continue;
      }
      if (!out.row(row)) {
        return;
      }
    }
  }

  @VqlPlugin(
      name = "write_jsonl",
      permission = "FILESYSTEM_WRITE",
      doc = "Writes the rows of a query to a file as JSON lines and passes them on.",
      version = 2)
  static void writeJsonl(
      CallContext context,
      Sink out,
      @Arg(value = "The file of the host to write.", required = true) Object filename,
      @Arg(value = "The rows.", required = true) StoredQuery query,
      @Arg("file or auto.") String accessor,
      @Arg(value = "Bytes held back.", name = "buffer_size") long bufferSize,
      @Arg(value = "Seconds between flushes.", name = "max_time") long maxTime,
      @Arg("Append instead of starting anew.") boolean append) {
    RowFile.write(
        context,
        new RowFile.Request(filename, accessor, query, append),
        stream -> {
          Writer text = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
          JsonWriter json =
              JsonWriter.lines(text, context.scope(), Times.shownZone(context.scope()));
          return new RowFile.Format() {
            @Override
            public void row(Object row) throws IOException {
              json.row(row);
            }

            @Override
            public void close() throws IOException {
              json.close();
              text.close();
            }
          };
        },
        out);
  }
}
