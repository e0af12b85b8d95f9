package org.minivql.plan.node;

import org.minivql.runtime.Frame;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lazy;
import org.minivql.value.Shape;
import org.minivql.value.Values;

/**
 * Finds one member in dicts. Remembers the cells of the last shapes it met; the shape is compared
 * each time, so a lookup is never wrong, only sometimes slower.
 */
public final class MemberLookup {
  private record Entry(Shape shape, int cell) {}

  private final String name;
  private Entry first;
  private Entry second;

  MemberLookup(String name) {
    this.name = name;
  }

  /** Lookups for the members of a chain. */
  public static MemberLookup[] of(String[] names) {
    MemberLookup[] lookups = new MemberLookup[names.length];
    for (int i = 0; i < names.length; i++) {
      lookups[i] = new MemberLookup(names[i]);
    }
    return lookups;
  }

  /** Follows a chain of members; ABSENT where it breaks. */
  public static Object follow(Frame frame, Object start, MemberLookup[] members) {
    Object value = start;
    for (MemberLookup member : members) {
      if (value instanceof Lazy lazy) {
        value = lazy.get();
      }
      if (value instanceof Dict dict) {
        int i = member.cell(dict);
        if (i >= 0) {
          value = dict.cell(i);
          continue;
        }
      }
      value = frame.operators().get(frame, value, member.name);
      if (value == Absent.ABSENT) {
        return Absent.ABSENT;
      }
    }
    return Values.reduce(value);
  }

  String name() {
    return name;
  }

  /** The member's cell in the dict, or -1. */
  int cell(Dict dict) {
    Shape shape = dict.shape();
    Entry entry = first;
    if (entry != null && entry.shape == shape) {
      return entry.cell;
    }
    entry = second;
    if (entry != null && entry.shape == shape) {
      return entry.cell;
    }
    entry = new Entry(shape, shape.indexOf(name));
    second = first;
    first = entry;
    return entry.cell;
  }
}
