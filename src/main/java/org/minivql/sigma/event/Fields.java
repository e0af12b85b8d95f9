package org.minivql.sigma.event;

import java.util.HashMap;
import java.util.Map;
import org.minivql.value.Lambda;

/** The fields that the rules of a set use, each with its number. */
public final class Fields {
  private final Map<String, Lambda> mapping;
  private final Map<String, Field> fields = new HashMap<>();

  public Fields(Map<String, Lambda> mapping) {
    this.mapping = mapping;
  }

  /** The field of a name. */
  public Field of(String name) {
    return fields.computeIfAbsent(name, key -> new Field(key, fields.size(), mapping.get(key)));
  }

  public int size() {
    return fields.size();
  }

  /** How many names are mapped. */
  public int mapped() {
    return mapping.size();
  }
}
