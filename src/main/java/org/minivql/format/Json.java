package org.minivql.format;

import java.io.InputStream;
import java.io.Reader;
import java.time.ZoneId;
import org.minivql.value.Scope;
import org.minivql.value.text.JsonText;

/** JSON text from values and values from JSON text. */
public final class Json {
  private Json() {}

  /** Compact JSON. Queries inside appear as their text; see {@link #text(Scope, Object)}. */
  public static String text(Object value) {
    return write(null, value, -1, null);
  }

  /** Compact JSON; queries inside are run on top of the scope. */
  public static String text(Scope scope, Object value) {
    return write(scope, value, -1, null);
  }

  /** JSON with one member a line, one blank for each level. */
  public static String indented(Object value) {
    return write(null, value, 1, null);
  }

  /** JSON with one member a line, one blank for each level; queries inside are run. */
  public static String indented(Scope scope, Object value) {
    return write(scope, value, 1, null);
  }

  /**
   * JSON as asked.
   *
   * @param scope runs the queries inside; null to show their text
   * @param indent blanks for each level; -1 for everything on one line
   * @param zone shows times in this zone; null for the zone of each time
   */
  public static String write(Scope scope, Object value, int indent, ZoneId zone) {
    StringBuilder out = new StringBuilder();
    new JsonText(scope, out, indent, zone).write(value);
    return out.toString();
  }

  /**
   * Reads one JSON value: objects become dicts in order (a name given again moves to the end),
   * integers of 64 bits, with a sign or without, integers, all other numbers floats.
   *
   * @throws FormatException where the text is not one JSON value
   */
  public static Object parse(String text) throws FormatException {
    return parse(text, JsonReader.Style.PLAIN);
  }

  /**
   * Reads one JSON value.
   *
   * @param style how strings and numbers are understood
   * @throws FormatException where the text is not one JSON value
   */
  public static Object parse(String text, JsonReader.Style style) throws FormatException {
    return new JsonLines(style).parse(text);
  }

  /** Reads values that follow each other, such as lines of JSON. Closing it closes the stream. */
  public static JsonReader reader(InputStream in) {
    return reader(new Utf8Reader(in));
  }

  /**
   * Reads values that follow each other from UTF-8, quicker than {@link #reader(InputStream)};
   * bytes that are not UTF-8 end the reading with an error. Members of objects that are seldom
   * asked for are left unread until they are. Closing it closes the stream.
   *
   * @param kept gives the bytes of an object again that was just read from the stream
   */
  public static JsonReader strictReader(InputStream in, JsonReader.Kept kept) {
    return new JsonReader(in, kept);
  }

  /** Reads values that follow each other from text. Closing it closes the reader. */
  public static JsonReader reader(Reader in) {
    return new JsonReader(in, JsonReader.Style.PLAIN);
  }
}
