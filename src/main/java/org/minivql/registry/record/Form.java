package org.minivql.registry.record;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/**
 * The declared fields of one kind of stored record, in order.
 *
 * <p>A record is kept as an <em>expanded</em> dict: every field present, zero values included,
 * choices by name, nested records expanded too. {@link Message} shows the same record in its raw
 * form.
 *
 * @since 0.1.0
 */
public final class Form {
  private static final int MAX_DIGITS = 18;
  private static final int PARTS = 256;

  private enum Kind {
    TEXT,
    INT,
    FLOAT,
    BOOL,
    LIST,
    DICT,
    RECORD,
    RECORDS,
    CHOICE
  }

  private record Field(Kind kind, Form form, Map<String, Long> choices) {}

  /** Where the fields are in dicts of some shape. */
  private record Places(Shape shape, int[] at) {}

  private final Shape shape;
  private final Field[] fields;
  private final Map<String, Integer> camel = new LinkedHashMap<>();
  private final Dict zero;
  private final Set<String> union;
  private final Map<BitSet, Shape> parts = new ConcurrentHashMap<>();

  /** Those of the shape that came last: what is expanded mostly comes from one place. */
  private volatile Places places;

  private Form(Builder builder) {
    shape = Shape.of(builder.names);
    union = Set.copyOf(builder.union);
    fields = builder.fields.toArray(new Field[0]);
    Object[] cells = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      camel.put(camelCase(shape.name(i)), i);
      cells[i] = zeroOf(fields[i]);
    }
    zero = Dict.over(shape, cells);
  }

  /** A form to be declared field by field. */
  public static Builder builder() {
    return new Builder();
  }

  /** The columns of the expanded form. */
  public Shape shape() {
    return shape;
  }

  /** The raw form of an expanded record. */
  public Message message(Dict record) {
    return new Message(this, record, null);
  }

  /** The record with nothing set. */
  public Dict zero() {
    return zero;
  }

  /**
   * The expanded form of a record that may lack fields, name choices by number, or give numbers as
   * text. Fields that are not declared are dropped.
   */
  public Dict expand(Dict given) {
    if (given == null || given.size() == 0) {
      return zero;
    }
    if (given.shape() == shape) {
      return given;
    }
    int[] at = places(given.shape());
    Object[] cells = new Object[fields.length];
    for (int i = 0; i < cells.length; i++) {
      Object value = at[i] < 0 ? null : given.cell(at[i]);
      cells[i] = value == null ? zero.cell(i) : convert(fields[i], value);
    }
    return Dict.over(shape, cells);
  }

  private int[] places(Shape given) {
    Places known = places;
    if (known == null || known.shape() != given) {
      int[] at = new int[fields.length];
      for (int i = 0; i < at.length; i++) {
        at[i] = given.indexOf(shape.name(i));
      }
      known = new Places(given, at);
      places = known;
    }
    return known.at();
  }

  /** An expanded record with one field changed. */
  public Dict with(Dict record, String name, Object value) {
    Object[] cells = record.cells(fields.length);
    set(cells, name, value);
    return Dict.over(shape, cells);
  }

  /** An expanded record with two fields changed. */
  public Dict with(Dict record, String first, Object value, String second, Object other) {
    Object[] cells = record.cells(fields.length);
    set(cells, first, value);
    set(cells, second, other);
    return Dict.over(shape, cells);
  }

  private void set(Object[] cells, String name, Object value) {
    int at = shape.indexOf(name);
    cells[at] = value == null ? zero.cell(at) : convert(fields[at], value);
  }

  /** Where some of the fields are, for {@link #only}. */
  public BitSet positions(Set<String> names) {
    BitSet at = new BitSet();
    names.forEach(name -> at.set(shape.indexOf(name)));
    return at;
  }

  /** An expanded record in which all but some fields are zero. */
  public Dict only(Dict record, BitSet kept) {
    Object[] cells = null;
    for (int i = kept.nextClearBit(0); i < fields.length; i = kept.nextClearBit(i + 1)) {
      if (record.cell(i) != zero.cell(i)) {
        cells = cells == null ? record.cells(fields.length) : cells;
        cells[i] = zero.cell(i);
      }
    }
    return cells == null ? record : Dict.over(shape, cells);
  }

  /** Which fields of an expanded record are not zero, the alternatives apart. */
  BitSet set(Dict record) {
    BitSet at = new BitSet(fields.length);
    for (int i = 0; i < fields.length; i++) {
      if (!record.cell(i).equals(zero.cell(i)) && !union.contains(shape.name(i))) {
        at.set(i);
      }
    }
    return at;
  }

  /** The shape of some of the fields. Records of one kind mostly have the same ones set. */
  Shape part(BitSet at) {
    Shape part = parts.get(at);
    if (part == null) {
      part = Shape.of(at.stream().mapToObj(shape::name).toList());
      if (parts.size() < PARTS) {
        parts.put(at, part);
      }
    }
    return part;
  }

  private static Object zeroOf(Field field) {
    return switch (field.kind()) {
      case TEXT -> "";
      case INT -> 0L;
      case FLOAT -> 0.0;
      case BOOL -> false;
      case LIST, RECORDS -> List.of();
      case DICT -> Dict.EMPTY;
      case RECORD -> field.form().zero();
      case CHOICE -> field.choices().keySet().iterator().next();
    };
  }

  private static Object convert(Field field, Object value) {
    return switch (field.kind()) {
      case TEXT -> value.toString();
      case INT -> integer(value);
      case FLOAT -> value instanceof Number n ? (Object) n.doubleValue() : value;
      case BOOL -> Boolean.TRUE.equals(value);
      case LIST -> value instanceof List<?> ? value : List.of(value);
      case DICT -> value instanceof Dict ? value : Dict.EMPTY;
      case RECORD -> value instanceof Dict d ? field.form().expand(d) : field.form().zero();
      case RECORDS -> records(field.form(), value);
      case CHOICE -> choice(field.choices(), value);
    };
  }

  private static Object integer(Object value) {
    if (value instanceof Long) {
      return value;
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    String text = value.toString();
    int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.length() == digits || text.length() > digits + MAX_DIGITS) {
      return 0L;
    }
    for (int i = digits; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return 0L;
      }
    }
    return Long.parseLong(text);
  }

  private static List<Object> records(Form form, Object value) {
    List<Object> out = new ArrayList<>();
    for (Object item : value instanceof List<?> list ? list : List.of(value)) {
      if (item instanceof Dict dict) {
        out.add(form.expand(dict));
      }
    }
    return List.copyOf(out);
  }

  private static String choice(Map<String, Long> choices, Object value) {
    for (Map.Entry<String, Long> entry : choices.entrySet()) {
      boolean same =
          value instanceof Number n
              ? n.longValue() == entry.getValue()
              : entry.getKey().equals(value.toString().toUpperCase(Locale.ROOT));
      if (same) {
        return entry.getKey();
      }
    }
    return choices.keySet().iterator().next();
  }

  /** Where a field is, by its declared or its CamelCase name, or -1. */
  int find(String name) {
    int at = shape.indexOf(name);
    return at >= 0 ? at : camel.getOrDefault(name, -1);
  }

  /** Whether a field is one of several words, a number in raw form. */
  boolean isChoice(int at) {
    return fields[at].kind() == Kind.CHOICE;
  }

  /** The raw form of one cell of an expanded record. */
  Object raw(Dict record, int at, Message.Watcher watcher) {
    Object value = record.cell(at);
    Field field = fields[at];
    return switch (field.kind()) {
      case CHOICE -> field.choices().get(value);
      case RECORD ->
          value.equals(field.form().zero())
              ? null
              : new Message(field.form(), (Dict) value, watcher);
      case RECORDS ->
          ((List<?>) value)
              .stream().map(d -> (Object) new Message(field.form(), (Dict) d, watcher)).toList();
      default -> value;
    };
  }

  /** The alternatives of which at most one is set; the raw form has them one level deeper. */
  Set<String> union() {
    return union;
  }

  /** The name of a field in CamelCase. */
  static String camelCase(String name) {
    StringBuilder out = new StringBuilder();
    for (String part : name.split("_")) {
      if (!part.isEmpty()) {
        out.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
      }
    }
    return out.toString();
  }

  /** Collects the fields of a form. */
  public static final class Builder {
    private final List<String> names = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private final Set<String> union = new LinkedHashSet<>();

    private Builder add(Kind kind, Form form, Map<String, Long> choices, String... more) {
      for (String name : more) {
        names.add(name);
        fields.add(new Field(kind, form, choices));
      }
      return this;
    }

    /** Members with text, empty where they are missing. */
    public Builder text(String... more) {
      return add(Kind.TEXT, null, null, more);
    }

    Builder integer(String... more) {
      return add(Kind.INT, null, null, more);
    }

    Builder number(String... more) {
      return add(Kind.FLOAT, null, null, more);
    }

    /** Members that are true or false, false where they are missing. */
    public Builder bool(String... more) {
      return add(Kind.BOOL, null, null, more);
    }

    /** Members with lists, empty where they are missing. */
    public Builder list(String... more) {
      return add(Kind.LIST, null, null, more);
    }

    Builder dict(String... more) {
      return add(Kind.DICT, null, null, more);
    }

    Builder record(String name, Form form) {
      return add(Kind.RECORD, form, null, name);
    }

    Builder records(String name, Form form) {
      return add(Kind.RECORDS, form, null, name);
    }

    /** A nested record that excludes the other alternatives. */
    Builder alternative(String name, Form form) {
      union.add(name);
      return record(name, form);
    }

    /** A field that holds one of some names; the first is the zero value. */
    Builder choice(String name, Map<String, Long> choices) {
      return add(Kind.CHOICE, null, choices, name);
    }

    /** The form with the members named so far, in their order. */
    public Form build() {
      return new Form(this);
    }
  }
}
