package org.minivql.format;

import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<String, Interest> interests;
  private final Interest interest;
  private final Map<String, Names> next = new HashMap<>(4);
  private final SerializedString text;
  private Names last;
  private Names inner;
  private Shape shape;
  private boolean repeated;

  private Names(Map<String, Interest> interests) {
    this.before = null;
    this.name = "";
    this.text = null;
    this.size = 0;
    this.places = new int[1];
    this.interests = interests;
    this.interest = null;
  }

  private Names(Names around) {
    this.before = null;
    this.name = "";
    this.text = null;
    this.size = 0;
    this.places = around.places;
    this.interests = around.interests;
    this.interest = null;
  }

  private Names(Names before, String name) {
    this.before = before;
    this.name = name;
    this.text = new SerializedString(name);
    this.size = before.size + 1;
    this.places = before.places;
    this.interests = before.interests;
    boolean leaves = interests != null && (places[0] < MOST || interests.containsKey(name));
    this.interest = leaves ? interest(name) : null;
  }

  /** No names yet: where every object begins. */
  static Names none() {
    return new Names((Map<String, Interest>) null);
  }

  /** No names yet, of objects whose members can be left unread. */
  static Names leaving() {
    return new Names(new ConcurrentHashMap<>());
  }

  /** The last name. */
  String name() {
    return name;
  }

  /** The name that mostly comes next, as JSON; null where none did yet. */
  SerializedString likely() {
    // Lines of a file are alike, so what followed the last time mostly follows again.
    return last == null ? null : last.text;
  }

  /** Where the objects begin that are the member of the last name. */
  Names inner() {
    if (inner == null) {
      inner = new Names(this);
    }
    return inner;
  }

  /** Whether the member of the last name can be left unread now. */
  boolean leaves() {
    if (interest == null || interest.wanted()) {
      return false;
    }
    interest.leave();
    return true;
  }

  Interest interest(String of) {
    return interests.computeIfAbsent(of, ignored -> new Interest());
  }

  /** These names and one more. */
  Names then(String added) {
    if (last != null && last.name.equals(added)) {
      return last;
    }
    Names place = next.get(added);
    if (place == null) {
      place = new Names(this, added);
      if (places[0] == MOST) {
        return place;
      }
      places[0]++;
      next.put(added, place);
    }
    last = place;
    return place;
  }

  /**
   * The dict of these names; one that is given again moves to the end.
   *
   * @param left reads the members that were left unread; null where none was
   */
  Dict dict(Object[] values, LeftMembers left) {
    if (shape == null && !repeated) {
      String[] names = names();
      repeated = new HashSet<>(List.of(names)).size() < size;
      shape = repeated ? null : Shape.of(names);
    }
    if (left == null) {
      return repeated ? rebuilt(values) : Dict.over(shape, values);
    }
    if (!repeated) {
      return Dict.partly(shape, left, values);
    }
    Dict rebuilt = rebuilt(values);
    Object[] cells = new Object[rebuilt.size()];
    Arrays.setAll(cells, rebuilt::cell);
    return Dict.partly(rebuilt.shape(), left, cells);
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
