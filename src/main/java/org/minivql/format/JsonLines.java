package org.minivql.format;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;

/**
 * Reads JSON values each from a text of its own, such as the lines of a file of which some may be
 * damaged. Objects of the same names share their shape over all texts.
 */
public final class JsonLines {
  private final JsonReader.Style style;
  private final Names none = Names.none();

  /** A reader that understands strings as the style says. */
  public JsonLines(JsonReader.Style style) {
    this.style = style;
  }

  /**
   * Reads one value.
   *
   * @throws FormatException where the text is not one JSON value
   */
  public Object parse(String text) throws FormatException {
    try (JsonReader reader = new JsonReader(new StringReader(text), style, none)) {
      Object value = reader.next();
      if (value == JsonReader.END) {
        throw new FormatException("no JSON value", 0);
      }
      if (reader.next() != JsonReader.END) {
        throw new FormatException("more than one JSON value", reader.place().offset());
      }
      return value;
    } catch (FormatException e) {
      throw JsonFault.of(text, e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }
}
