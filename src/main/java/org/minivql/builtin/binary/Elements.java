package org.minivql.builtin.binary;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Absent;
import org.minivql.value.Members;
import org.minivql.value.RowList;

/** The elements of an array: a list that also knows where it stands. */
final class Elements extends AbstractList<Object> implements Members, RowList {
  private final List<Object> values;
  private final long start;
  private final long end;

  Elements(List<Object> values, long start, long end) {
    this.values = values;
    this.start = start;
    this.end = end;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  @Override
  public Object get(int index) {
    return values.get(index);
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public Object member(String name) {
    return switch (name) {
      case "ContentsOf", "Value" -> new ArrayList<>(values);
      case "SizeOf", "Size" -> end - start;
      case "StartOf", "Start" -> start;
      case "EndOf", "End" -> end;
      default -> column(name);
    };
  }

  private Object column(String name) {
    List<Object> column = new ArrayList<>();
    for (Object value : values) {
      Object member = value instanceof Members members ? members.member(name) : Absent.ABSENT;
      if (member != Absent.ABSENT) {
        column.add(member);
      }
    }
    return column;
  }

  @Override
  public List<String> memberNames() {
    return List.of();
  }
}
