package org.minivql.builtin.binary;

/** A type named in a profile, which may be defined further down. */
final class Ref implements BinaryType {
  private final String name;
  private BinaryType target;

  Ref(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void resolve(BinaryType type) {
    target = type;
  }

  @Override
  public Object value(Reading in, long offset, Struct parent) {
    return target.value(in, offset, parent);
  }

  @Override
  public long size(Reading in, long offset, Struct parent, Object value) {
    return target.size(in, offset, parent, value);
  }
}
