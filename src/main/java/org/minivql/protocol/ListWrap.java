package org.minivql.protocol;

import java.util.List;
import org.minivql.value.Absent;
import org.minivql.value.Materialized;
import org.minivql.value.Nesting;
import org.minivql.value.Protocol;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/** Lists: an index wraps modulo the length, and lists are ordered by their first elements. */
public final class ListWrap implements Protocol {
  /** The protocol. */
  public ListWrap() {}

  @Override
  public Object get(Scope scope, Object a, Object key) {
    List<?> list = a instanceof Materialized rows ? rows.rows() : a instanceof List<?> l ? l : null;
    if (list == null) {
      return PASS;
    }
    Long index = index(key);
    if (index == null) {
      return PASS;
    }
    if (list.isEmpty()) {
      return Absent.ABSENT;
    }
    return Values.reduce(list.get((int) Math.floorMod(index, (long) list.size())));
  }

  private static Long index(Object key) {
    if (Values.isNumeric(key)) {
      return Values.toLong(key);
    }
    if (!(key instanceof String text) || text.isEmpty() || text.length() > 18) {
      return null;
    }
    for (int i = text.charAt(0) == '-' && text.length() > 1 ? 1 : 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    return Long.valueOf(text);
  }

  @Override
  public Object less(Scope scope, Object a, Object b) {
    if (!(a instanceof List<?> && b instanceof List<?>)) {
      return PASS;
    }
    Object x = a;
    Object y = b;
    for (int depth = 0; x instanceof List<?> left && y instanceof List<?> right; depth++) {
      if (left.isEmpty() || right.isEmpty() || Nesting.exceeded(scope, depth)) {
        return left.isEmpty() && !right.isEmpty();
      }
      x = Values.reduce(left.get(0));
      y = Values.reduce(right.get(0));
    }
    return scope.operators().less(scope, x, y);
  }
}
