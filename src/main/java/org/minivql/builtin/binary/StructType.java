package org.minivql.builtin.binary;

import java.util.LinkedHashMap;
import java.util.Map;

/** A struct of a profile: fields at places relative to its start. */
final class StructType implements BinaryType {
  private final String name;
  private final Object size;
  private final Map<String, Field> fields = new LinkedHashMap<>();

  /**
   * A field.
   *
   * @param offset a number or a lambda of the struct
   */
  record Field(String name, Object offset, BinaryType type) {}

  StructType(String name, Object size) {
    this.name = name;
    this.size = size;
  }

  String name() {
    return name;
  }

  Map<String, Field> fields() {
    return fields;
  }

  @Override
  public Object value(Reading in, long offset, Struct parent) {
    return Struct.tooDeep(parent) ? null : new Struct(this, in, offset, parent);
  }

  @Override
  public long size(Reading in, long offset, Struct parent, Object value) {
    return in.number(size, value instanceof Struct ? value : value(in, offset, parent), 0);
  }
}
