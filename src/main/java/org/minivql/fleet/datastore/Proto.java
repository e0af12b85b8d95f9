package org.minivql.fleet.datastore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/**
 * The fields of a stored record, and how it is read from its binary form and from its form as JSON.
 * Fields that are not listed are left out.
 */
public final class Proto {
  private final Map<Integer, Field> byNumber = new HashMap<>();
  private final Map<String, Field> byJson = new HashMap<>();

  /** What a field holds. */
  enum Type {
    TEXT,
    INTEGER,
    NUMBER,
    BOOL,
    CHOICE,
    RECORD,
    TEXTS,
    INTEGERS
  }

  private record Field(
      int number, String name, Type type, boolean list, Proto record, List<String> choices) {}

  /**
   * Text fields, as {@code name number} or {@code name* number} for a list; a field without number
   * is only read from JSON.
   */
  Proto text(String... fields) {
    return all(Type.TEXT, fields);
  }

  /** Integer fields. */
  Proto integer(String... fields) {
    return all(Type.INTEGER, fields);
  }

  /** Fields with a fraction. */
  Proto number(String... fields) {
    return all(Type.NUMBER, fields);
  }

  /** Truth fields. */
  Proto bool(String... fields) {
    return all(Type.BOOL, fields);
  }

  /** A map from texts to texts. */
  Proto texts(String field) {
    return all(Type.TEXTS, field);
  }

  /** A map from texts to integers. */
  Proto integers(String field) {
    return all(Type.INTEGERS, field);
  }

  /** A field with a record in it. */
  Proto record(String field, Proto record) {
    return add(Type.RECORD, field, record, List.of());
  }

  /** A field that is one of some names; each name stands at the place of its number. */
  Proto choice(String field, String... names) {
    return add(Type.CHOICE, field, null, List.of(names));
  }

  private Proto all(Type type, String... fields) {
    for (String field : fields) {
      add(type, field, null, List.of());
    }
    return this;
  }

  private Proto add(Type type, String spec, Proto record, List<String> choices) {
    String[] words = spec.split(" ", 2);
    boolean list = words[0].endsWith("*");
    String name = list ? words[0].substring(0, words[0].length() - 1) : words[0];
    int number = words.length > 1 ? Integer.parseInt(words[1]) : 0;
    Field field = new Field(number, name, type, list, record, choices);
    if (number > 0) {
      byNumber.put(number, field);
    }
    byJson.put(camel(name), field);
    byJson.put(name, field);
    return this;
  }

  private static String camel(String name) {
    StringBuilder out = new StringBuilder();
    boolean upper = false;
    for (char c : name.toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        out.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return out.toString();
  }

  /**
   * Reads the binary form.
   *
   * @throws IllegalArgumentException where it is damaged
   */
  Dict binary(byte[] bytes) {
    Map<String, Object> values = new LinkedHashMap<>();
    Wire wire = new Wire(bytes);
    while (wire.more()) {
      wire.next();
      Field field = byNumber.get(wire.number());
      Object value = field == null ? null : value(field, wire);
      if (value != null) {
        put(values, field, value);
      }
    }
    return Dict.of(values);
  }

  private static Object value(Field field, Wire wire) {
    return switch (field.type()) {
      case TEXT -> wire.bytes() == null ? null : Bytes.decode(wire.bytes());
      case INTEGER -> wire.bytes() == null ? (Object) wire.integer() : null;
      case NUMBER -> wire.fraction();
      case BOOL -> wire.integer() != 0;
      case CHOICE -> choice(field, (int) wire.integer());
      case RECORD -> wire.bytes() == null ? null : field.record().binary(wire.bytes());
      case TEXTS -> wire.bytes() == null ? null : entry(wire.bytes(), "");
      case INTEGERS -> wire.bytes() == null ? null : entry(wire.bytes(), 0L);
    };
  }

  private static Object choice(Field field, int number) {
    return number >= 0 && number < field.choices().size()
        ? field.choices().get(number)
        : String.valueOf(number);
  }

  private static Dict entry(byte[] bytes, Object zero) {
    Wire wire = new Wire(bytes);
    String key = "";
    Object value = zero;
    while (wire.more()) {
      wire.next();
      Object read = wire.bytes() == null ? (Object) wire.integer() : Bytes.decode(wire.bytes());
      if (wire.number() == 1) {
        key = String.valueOf(read);
      } else {
        value = read;
      }
    }
    return Dict.of(key, value);
  }

  private static void put(Map<String, Object> values, Field field, Object value) {
    Object before = values.get(field.name());
    if (field.list()) {
      List<Object> list = before == null ? new ArrayList<>() : new ArrayList<>((List<?>) before);
      list.add(value);
      values.put(field.name(), list);
    } else if (value instanceof Dict entry && before instanceof Dict map && isMap(field)) {
      values.put(field.name(), map.toBuilder().setAll(entry).build());
    } else {
      values.put(field.name(), value);
    }
  }

  private static boolean isMap(Field field) {
    return field.type() == Type.TEXTS || field.type() == Type.INTEGERS;
  }

  /** Reads the JSON form: names in camel case or as declared, large integers as text. */
  public Dict json(Dict given) {
    Dict.Builder out = Dict.builder();
    given.forEach(
        (name, value) -> {
          Field field = byJson.get(name);
          if (field != null && value != null) {
            out.set(field.name(), field.list() ? list(field, value) : json(field, value));
          }
        });
    return out.build();
  }

  private static List<Object> list(Field field, Object value) {
    List<Object> out = new ArrayList<>();
    for (Object item : value instanceof List<?> items ? items : List.of(value)) {
      out.add(json(field, item));
    }
    return out;
  }

  private static Object json(Field field, Object value) {
    return switch (field.type()) {
      case INTEGER -> integer(value);
      case NUMBER -> value instanceof Number n ? n.doubleValue() : value;
      case CHOICE -> value instanceof Long n ? choice(field, n.intValue()) : value;
      case RECORD -> value instanceof Dict dict ? field.record().json(dict) : Dict.EMPTY;
      case TEXT -> String.valueOf(value);
      case INTEGERS -> value instanceof Dict dict ? integers(dict) : Dict.EMPTY;
      case BOOL, TEXTS -> value;
    };
  }

  private static Dict integers(Dict given) {
    Dict.Builder out = Dict.builder();
    given.forEach((name, value) -> out.set(name, integer(value)));
    return out.build();
  }

  private static Object integer(Object value) {
    if (value instanceof Number n) {
      return n.longValue();
    }
    String text = String.valueOf(value);
    try {
      return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      return 0L;
    }
  }

  /** The fields of a binary record one after the other. */
  private static final class Wire {
    private final ByteBuffer in;
    private int number;
    private long integer;
    private double fraction;
    private byte[] bytes;

    Wire(byte[] data) {
      this.in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean more() {
      return in.hasRemaining();
    }

    void next() {
      long tag = varint();
      number = (int) (tag >>> 3);
      bytes = null;
      integer = 0;
      fraction = 0;
      switch ((int) (tag & 7)) {
        case 0 -> integer = varint();
        case 1 -> fraction(Double.longBitsToDouble(integer = fixed(8)));
        case 2 -> bytes = bytes(varint());
        case 5 -> fraction(Float.intBitsToFloat((int) (integer = fixed(4))));
        default -> throw new IllegalArgumentException("a field of an unknown kind");
      }
    }

    private void fraction(double value) {
      fraction = value;
    }

    private long fixed(int size) {
      byte[] value = Arrays.copyOf(bytes(size), 8);
      return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private byte[] bytes(long size) {
      if (size < 0 || size > in.remaining()) {
        throw new IllegalArgumentException("a field that is longer than the record");
      }
      byte[] value = new byte[(int) size];
      in.get(value);
      return value;
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        if (!in.hasRemaining()) {
          throw new IllegalArgumentException("it ends within a number");
        }
        byte b = in.get();
        value |= (long) (b & 0x7f) << shift;
        if (b >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number that does not end");
    }

    int number() {
      return number;
    }

    long integer() {
      return integer;
    }

    double fraction() {
      return fraction;
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
