package org.minivql.builtin.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Operand;

/** A struct at a place of a file; a field is decoded when it is first asked for. */
final class Struct implements Members, Operand {
  private static final int DEEPEST = 64;

  private final StructType type;
  private final Reading in;
  private final long offset;
  private final Struct parent;
  private final int depth;
  private final Map<String, Object> decoded = new HashMap<>();

  Struct(StructType type, Reading in, long offset, Struct parent) {
    this.type = type;
    this.in = in;
    this.offset = offset;
    this.parent = parent;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  /** Whether structs lie in each other deeper than any format does: pointers in a circle. */
  static boolean tooDeep(Struct parent) {
    return parent != null && parent.depth >= DEEPEST;
  }

  private long place(StructType.Field field) {
    return offset + in.number(field.offset(), this, 0);
  }

  private Object value(StructType.Field field) {
    synchronized (decoded) {
      if (decoded.containsKey(field.name())) {
        return decoded.get(field.name());
      }
    }
    Object value = field.type().value(in, place(field), this);
    synchronized (decoded) {
      decoded.put(field.name(), value);
    }
    return value;
  }

  @Override
  public Object member(String name) {
    StructType.Field field = type.fields().get(name);
    if (field != null) {
      return value(field);
    }
    if (name.startsWith("@") && type.fields().containsKey(name.substring(1))) {
      return reference(type.fields().get(name.substring(1)));
    }
    return switch (name) {
      case "SizeOf", "Size" -> type.size(in, offset, parent, this);
      case "StartOf", "Start", "OffsetOf" -> offset;
      case "EndOf", "End" -> offset + type.size(in, offset, parent, this);
      case "ParentOf", "Parent" -> parent;
      default -> Absent.ABSENT;
    };
  }

  private Dict reference(StructType.Field field) {
    Object value = value(field);
    long start = place(field);
    long size = field.type().size(in, start, this, value);
    return Dict.of(
        "SizeOf",
        size,
        "StartOf",
        start,
        "EndOf",
        start + size,
        "RelOffset",
        start - offset,
        "RelEndOf",
        start - offset + size,
        "Value",
        value);
  }

  @Override
  public List<String> memberNames() {
    List<String> names = new ArrayList<>();
    for (String name : type.fields().keySet()) {
      if (!name.startsWith("__")) {
        names.add(name);
      }
    }
    return names;
  }

  @Override
  public String text() {
    return org.minivql.format.Json.text(in.scope(), toDict());
  }

  /** All visible fields, decoded. */
  Dict toDict() {
    Dict.Builder dict = Dict.builder();
    for (String name : memberNames()) {
      dict.set(name, member(name));
    }
    return dict.build();
  }
}
