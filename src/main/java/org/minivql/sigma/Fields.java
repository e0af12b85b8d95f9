package org.minivql.sigma;

import java.util.HashMap;
import java.util.Map;
import org.minivql.value.Lambda;

/** The fields that the rules of a set use, each with its number. */
final class Fields {
  private final Map<String, Lambda> mapping;
  private final Map<String, Field> fields = new HashMap<>();

  Fields(Map<String, Lambda> mapping) {
    this.mapping = mapping;
  }

  /** The field of a name. */
  Field of(String name) {
    return fields.computeIfAbsent(name, key -> new Field(key, fields.size(), mapping.get(key)));
  }

  int size() {
    return fields.size();
  }

  /** How many names are mapped. */
  int mapped() {
    return mapping.size();
  }
}
