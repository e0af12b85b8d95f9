package org.minivql.conformance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The comparison rules of the cases: numbers by value, the order of keys counts. */
final class Same {
  private Same() {}

  static boolean same(Object expected, Object actual) {
    if (expected instanceof Number a && actual instanceof Number b) {
      return numbers(a, b);
    }
    if (expected instanceof Map<?, ?> a && actual instanceof Map<?, ?> b) {
      return maps(a, b);
    }
    if (expected instanceof List<?> a && actual instanceof List<?> b) {
      return lists(a, b);
    }
    return expected == null ? actual == null : expected.equals(actual);
  }

  private static boolean numbers(Number a, Number b) {
    if (a instanceof Long && b instanceof Long) {
      return a.longValue() == b.longValue();
    }
    if (a instanceof Double && b instanceof Double) {
      return a.doubleValue() == b.doubleValue();
    }
    return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
  }

  private static boolean maps(Map<?, ?> a, Map<?, ?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<? extends Map.Entry<?, ?>> theirs = b.entrySet().iterator();
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      Map.Entry<?, ?> other = theirs.next();
      if (!entry.getKey().equals(other.getKey()) || !same(entry.getValue(), other.getValue())) {
        return false;
      }
    }
    return true;
  }

  static boolean lists(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The same elements, in any order. */
  static boolean multisets(List<?> a, List<?> b) {
    List<Object> left = new ArrayList<>(b);
    for (Object item : a) {
      int at = -1;
      for (int i = 0; i < left.size() && at < 0; i++) {
        at = same(item, left.get(i)) ? i : -1;
      }
      if (at < 0) {
        return false;
      }
      left.remove(at);
    }
    return left.isEmpty();
  }
}
