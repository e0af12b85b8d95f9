package org.minivql.format;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/**
 * The names of an object as far as they were read. Objects of the same names in the same order come
 * to the same place, which keeps their shape.
 */
final class Names {
  private static final int MOST = 4096;

  private final Names before;
  private final String name;
  private final int size;
  private final int[] places;
  private final Map<String, Names> next = new HashMap<>(4);
  private Names last;
  private Shape shape;
  private boolean repeated;

  private Names(Names before, String name, int size, int[] places) {
    this.before = before;
    this.name = name;
    this.size = size;
    this.places = places;
  }

  /** No names yet: where every object begins. */
  static Names none() {
    return new Names(null, "", 0, new int[1]);
  }

  /** These names and one more. */
  Names then(String added) {
    // Lines of a file are alike, so what followed the last time mostly follows again.
    if (last != null && last.name.equals(added)) {
      return last;
    }
    Names place = next.get(added);
    if (place == null) {
      place = new Names(this, added, size + 1, places);
      if (places[0] == MOST) {
        return place;
      }
      places[0]++;
      next.put(added, place);
    }
    last = place;
    return place;
  }

  /** The dict of these names; one that is given again moves to the end. */
  Dict dict(Object[] values) {
    if (shape == null && !repeated) {
      String[] names = names();
      repeated = new HashSet<>(List.of(names)).size() < size;
      shape = repeated ? null : Shape.of(names);
    }
    return repeated ? rebuilt(values) : Dict.over(shape, values);
  }

  private Dict rebuilt(Object[] values) {
    Dict.Builder builder = Dict.builder();
    String[] names = names();
    for (int i = 0; i < size; i++) {
      builder.set(names[i], values[i]);
    }
    return builder.build();
  }

  private String[] names() {
    String[] names = new String[size];
    for (Names at = this; at.before != null; at = at.before) {
      names[at.size - 1] = at.name;
    }
    return names;
  }
}
