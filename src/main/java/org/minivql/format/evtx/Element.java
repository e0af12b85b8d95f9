package org.minivql.format.evtx;

import java.util.ArrayList;
import java.util.List;

/** An XML element of a record, with all values in place. */
final class Element {
  private final String name;
  private final boolean attributed;
  private final List<Attribute> attributes = new ArrayList<>(4);
  private final List<Object> content = new ArrayList<>(4);

  /**
   * @param attributed whether attributes are declared for it, even where this record has none
   */
  Element(String name, boolean attributed) {
    this.name = name;
    this.attributed = attributed;
  }

  String name() {
    return name;
  }

  boolean attributed() {
    return attributed;
  }

  List<Attribute> attributes() {
    return attributes;
  }

  /** Each an {@link Element}, a {@link Scalar} or a literal {@code String}. */
  List<Object> content() {
    return content;
  }

  /** The value of an attribute, or null. */
  Object attribute(String wanted) {
    for (Attribute attribute : attributes) {
      if (attribute.name().equals(wanted)) {
        return attribute.value();
      }
    }
    return null;
  }

  /**
   * An attribute.
   *
   * @param parts each a {@link Scalar} or a literal {@code String}
   */
  record Attribute(String name, List<Object> parts) {
    /** The only part's own value, or the text of all of them. */
    Object value() {
      return Scalar.join(parts);
    }
  }
}
