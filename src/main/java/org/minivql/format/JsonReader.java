package org.minivql.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import org.minivql.value.Dict;
import org.minivql.value.Unsigned;

/**
 * Reads JSON values one after the other. Objects with the same names in the same order share their
 * shape, so that rows read here are quick to look into.
 */
public final class JsonReader implements Closeable {
  /** Answered where there are no more values. */
  public static final Object END =
      new Object() {
        @Override
        public String toString() {
          return "END";
        }
      };

  private static final int DEEPEST = 1_000;
  private static final int UNSIGNED_DIGITS = 20;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();

  private final JsonParser parser;
  private final Style style;
  private final Names none;
  private Names[] names = new Names[8];
  private int[] starts = new int[8];
  private int depth;
  private Object[] values = new Object[16];
  private int count;

  /** How strings and numbers are understood. */
  public enum Style {
    /** A string is a string. */
    PLAIN,
    /** A string that is a complete RFC 3339 time becomes a time. */
    TIMES,
    /** Numbers are floats, objects unordered maps whose members are found in any case. */
    LOOSE,
    /** Objects in the outermost list as {@link #TIMES}, all else as {@link #LOOSE}. */
    ROWS
  }

  JsonReader(Reader in, Style style) {
    this(in, style, Names.none());
  }

  /**
   * A reader that shares the shapes of others.
   *
   * @param none where its objects begin
   */
  JsonReader(Reader in, Style style, Names none) {
    this(() -> FACTORY.createParser(in), style, none);
  }

  /** A reader of UTF-8; bytes that are not are an error. */
  JsonReader(InputStream in, Style style) {
    this(() -> FACTORY.createParser(in), style, Names.none());
  }

  private interface Source {
    JsonParser open() throws IOException;
  }

  private JsonReader(Source source, Style style, Names none) {
    this.style = style;
    this.none = none;
    try {
      this.parser = source.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no reading happens here", e);
    }
  }

  /**
   * The next value.
   *
   * @return the value, or {@link #END}
   * @throws FormatException where the data is not JSON; reading cannot go on
   * @throws IOException where the source fails
   */
  public Object next() throws FormatException, IOException {
    depth = 0;
    count = 0;
    try {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT -> open(none);
          case START_ARRAY -> open(null);
          case FIELD_NAME -> names[depth - 1] = names[depth - 1].then(parser.currentName());
          case END_OBJECT, END_ARRAY -> close(token);
          default -> add(scalar(token));
        }
        if (depth == 0) {
          return values[0];
        }
      }
      if (depth > 0) {
        throw new FormatException("unexpected end of JSON input", place().offset());
      }
      return END;
    } catch (JsonEOFException e) {
      throw new FormatException("unexpected end of JSON input", place().offset());
    } catch (JsonProcessingException e) {
      throw new FormatException(e.getOriginalMessage(), place().offset());
    }
  }

  /**
   * A place in what is read.
   *
   * @param offset the character, or byte where bytes are read, from 0
   * @param line from 1
   */
  public record Place(long offset, long line) {
    private static Place of(JsonLocation location) {
      return new Place(
          Math.max(location.getCharOffset(), location.getByteOffset()), location.getLineNr());
    }
  }

  /** Where reading has come to. */
  public Place place() {
    return Place.of(parser.currentLocation());
  }

  /**
   * Where the last token began: a value that is neither object nor list, or its closing bracket.
   */
  public Place tokenPlace() {
    return Place.of(parser.currentTokenLocation());
  }

  /**
   * An object or list begins.
   *
   * @param begun null for a list
   */
  private void open(Names begun) {
    if (depth == starts.length) {
      starts = Arrays.copyOf(starts, depth * 2);
      names = Arrays.copyOf(names, depth * 2);
    }
    names[depth] = begun;
    starts[depth++] = count;
  }

  private void close(JsonToken token) {
    boolean loose = loose();
    int start = starts[--depth];
    Object value;
    if (token == JsonToken.END_OBJECT) {
      Dict dict = names[depth].dict(Arrays.copyOfRange(values, start, count));
      value = loose ? Dict.unordered(dict.toMap()) : dict;
    } else {
      value = new ArrayList<>(Arrays.asList(values).subList(start, count));
    }
    count = start;
    add(value);
  }

  private void add(Object value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = value;
  }

  private boolean loose() {
    return style == Style.LOOSE || style == Style.ROWS && !inRow();
  }

  private boolean inRow() {
    return depth >= 2 && names[0] == null && names[1] != null;
  }

  private Object scalar(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_STRING -> string(parser.getText());
      default -> null;
    };
  }

  private Object integer() throws IOException {
    if (loose()) {
      return parser.getDoubleValue();
    }
    if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    boolean fits = parser.getTextLength() <= UNSIGNED_DIGITS;
    return fits ? Unsigned.of(parser.getBigIntegerValue()) : (Object) parser.getDoubleValue();
  }

  private Object string(String text) {
    boolean times = style == Style.TIMES || style == Style.ROWS && inRow();
    if (times && text.length() >= 20 && text.charAt(10) == 'T') {
      Object time = Rfc3339.parse(text);
      return time == null ? text : time;
    }
    return text;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
