package org.minivql.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import org.minivql.value.Dict;
import org.minivql.value.Nesting;
import org.minivql.value.Unsigned;

/**
 * Reads JSON values one after the other. Objects in the same place with the same names in the same
 * order share their shape, so that rows read here are quick to look into.
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

  private static final int UNSIGNED_DIGITS = 20;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Nesting.DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();

  private final JsonParser parser;
  private final Style style;
  private final Names none;
  private final Kept kept;
  private final LeftMembers.Again again;
  private Names[] names = new Names[8];
  private LeftMembers[] left = new LeftMembers[8];
  private int[] starts = new int[8];
  private int depth;
  private int lists;
  private long first;
  private LeftMembers.Whole whole;
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

  /** Keeps what is being read, so that members can be left unread until they are asked for. */
  @FunctionalInterface
  public interface Kept {
    /** A copy of the bytes from one place to before another; all of the value read last. */
    byte[] copy(long from, long to);
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
    this(() -> FACTORY.createParser(in), style, none, null, null);
  }

  /** A reader of UTF-8; bytes that are not are an error. Shares the shapes of others. */
  JsonReader(InputStream in, Names none) {
    this(() -> FACTORY.createParser(in), Style.PLAIN, none, null, null);
  }

  /** A reader of UTF-8 that leaves members unread which nobody asks for. */
  JsonReader(InputStream in, Kept kept) {
    this(
        () -> FACTORY.createParser(in),
        Style.PLAIN,
        Names.leaving(),
        kept,
        new LeftMembers.Again());
  }

  /** A reader of another stream, kept by the same, that knows of names what this one knows. */
  public JsonReader again(InputStream in) {
    return new JsonReader(() -> FACTORY.createParser(in), style, none, kept, again);
  }

  private interface Source {
    JsonParser open() throws IOException;
  }

  private JsonReader(Source source, Style style, Names none, Kept kept, LeftMembers.Again again) {
    this.style = style;
    this.none = none;
    this.kept = kept;
    this.again = again;
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
    lists = 0;
    count = 0;
    whole = null;
    try {
      for (JsonToken token = parser.nextToken(); token != null; token = advance()) {
        switch (token) {
          case START_OBJECT -> open(begin());
          case START_ARRAY -> open(null);
          case FIELD_NAME -> member(parser.currentName());
          case END_OBJECT, END_ARRAY -> close(token);
          default -> add(scalar(token));
        }
        if (depth == 0) {
          return complete(values[0]);
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

  /** Reads on; in an object, where a name can come, looks for the likely one first. */
  private JsonToken advance() throws IOException {
    Names before = names[depth - 1];
    SerializedString likely =
        before == null || parser.currentToken() == JsonToken.FIELD_NAME ? null : before.likely();
    if (likely == null) {
      return parser.nextToken();
    }
    return parser.nextFieldName(likely) ? JsonToken.FIELD_NAME : parser.currentToken();
  }

  /** Where the names of an object begin, by where the object is. */
  private Names begin() {
    int level = depth - 1;
    while (level >= 0 && names[level] == null) {
      level--;
    }
    return level < 0 ? none : names[level].inner();
  }

  private void member(String name) throws IOException {
    Names place = names[depth - 1].then(name);
    names[depth - 1] = place;
    if (kept != null && lists == 0 && place.leaves()) {
      parser.nextToken();
      parser.skipChildren();
      add(Dict.UNREAD);
      if (left[depth - 1] == null) {
        left[depth - 1] = leave(depth - 1);
      }
    }
  }

  private LeftMembers leave(int level) {
    if (level == 0) {
      whole = new LeftMembers.Whole(again);
      return new LeftMembers(whole, null, none);
    }
    if (left[level - 1] == null) {
      left[level - 1] = leave(level - 1);
    }
    return new LeftMembers(whole, left[level - 1], names[level - 1]);
  }

  private Object complete(Object value) {
    if (whole != null) {
      whole.text(kept.copy(first, parser.currentLocation().getByteOffset()));
    }
    return value;
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
      left = Arrays.copyOf(left, depth * 2);
    }
    if (begun == null) {
      lists++;
    } else if (depth == 0 && kept != null) {
      first = parser.currentTokenLocation().getByteOffset();
    }
    left[depth] = null;
    names[depth] = begun;
    starts[depth++] = count;
  }

  private void close(JsonToken token) {
    boolean loose = loose();
    int start = starts[--depth];
    Object value;
    if (token == JsonToken.END_OBJECT) {
      Dict dict = names[depth].dict(Arrays.copyOfRange(values, start, count), left[depth]);
      value = loose ? Dict.unordered(dict.toMap()) : dict;
    } else {
      lists--;
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
