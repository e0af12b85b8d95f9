package org.minivql.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

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

  private static final int SHAPES = 256;
  private static final int DEEPEST = 1_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;
  private final Style style;
  private final Map<List<String>, Shape> shapes;
  private final Deque<Open> open = new ArrayDeque<>();

  /** How strings and numbers are understood. */
  public enum Style {
    /** A string is a string. */
    PLAIN,
    /** A string that is a complete RFC 3339 time becomes a time. */
    TIMES
  }

  /** An object (with names) or list that is not complete yet. */
  private record Open(List<String> names, List<Object> values) {}

  JsonReader(Reader in, Style style) {
    this(in, style, new HashMap<>());
  }

  /** A reader that shares the shapes of others. */
  JsonReader(Reader in, Style style, Map<List<String>, Shape> shapes) {
    this.style = style;
    this.shapes = shapes;
    try {
      this.parser = FACTORY.createParser(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("no reading happens here", e);
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
    open.clear();
    try {
      JsonToken token = parser.nextToken();
      while (token != null) {
        Object value = take(token);
        if (value != END && open.isEmpty()) {
          return value;
        }
        if (value != END) {
          open.peek().values().add(value);
        }
        token = parser.nextToken();
      }
      if (!open.isEmpty()) {
        throw new FormatException("unexpected end of JSON input", offset());
      }
      return END;
    } catch (JsonEOFException e) {
      throw new FormatException("unexpected end of JSON input", offset());
    } catch (JsonProcessingException e) {
      throw new FormatException(e.getOriginalMessage(), offset());
    }
  }

  /** The character reading has come to, from 0. */
  public long offset() {
    return parser.currentLocation().getCharOffset();
  }

  /** The value the token completes, or END. */
  private Object take(JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT -> open.push(new Open(new ArrayList<>(), new ArrayList<>()));
      case START_ARRAY -> open.push(new Open(null, new ArrayList<>()));
      case FIELD_NAME -> open.peek().names().add(parser.currentName());
      case END_OBJECT -> {
        return dict(open.pop());
      }
      case END_ARRAY -> {
        return open.pop().values();
      }
      default -> {
        return scalar(token);
      }
    }
    return END;
  }

  private Object scalar(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) parser.getDoubleValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_STRING -> string(parser.getText());
      default -> null;
    };
  }

  private Object string(String text) {
    if (style == Style.TIMES && text.length() >= 20 && text.charAt(10) == 'T') {
      Object time = Rfc3339.parse(text);
      return time == null ? text : time;
    }
    return text;
  }

  private Dict dict(Open object) {
    Shape shape = shapes.get(object.names());
    if (shape != null) {
      return Dict.over(shape, object.values().toArray());
    }
    Dict.Builder builder = Dict.builder();
    for (int i = 0; i < object.names().size(); i++) {
      builder.set(object.names().get(i), object.values().get(i));
    }
    Dict dict = builder.build();
    if (dict.size() == object.names().size() && shapes.size() < SHAPES) {
      shapes.put(object.names(), dict.shape());
    }
    return dict;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
