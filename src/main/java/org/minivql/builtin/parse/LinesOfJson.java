package org.minivql.builtin.parse;

import org.minivql.format.FormatException;
import org.minivql.format.JsonLines;
import org.minivql.format.JsonReader;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/** The rows of lines of JSON: an object is a row, any other value the only column of one. */
final class LinesOfJson {
  private static final Shape VALUE = Shape.of("_value");

  private final JsonLines objects = new JsonLines(JsonReader.Style.TIMES);
  private final JsonLines others = new JsonLines(JsonReader.Style.LOOSE);

  /**
   * The row of a line.
   *
   * @throws FormatException where the line is not one JSON value
   */
  Dict row(String line) throws FormatException {
    return line.startsWith("{") ? (Dict) objects.parse(line) : Dict.over(VALUE, others.parse(line));
  }
}
