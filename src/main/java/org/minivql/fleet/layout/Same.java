package org.minivql.fleet.layout;

import java.util.List;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** When an expected and an actual value are the same: numbers by value, dicts in order. */
public final class Same {
  private Same() {}

  /** A value as it would be read back from JSON. */
  public static Object plain(Object value) {
    return read(Json.text(value));
  }

  /** The value of a text that was just written. */
  public static Object read(String json) {
    try {
      return Json.parse(json);
    } catch (FormatException e) {
      throw new IllegalStateException("JSON that was just written cannot be read", e);
    }
  }

  public static boolean values(Object expected, Object actual) {
    if (expected instanceof Number a && actual instanceof Number b) {
      return expected instanceof Long && actual instanceof Long
          ? a.longValue() == b.longValue()
          : a.doubleValue() == b.doubleValue();
    }
    if (expected instanceof Dict a && actual instanceof Dict b) {
      return a.shape().sameNames(b.shape()) && cells(a, b);
    }
    if (expected instanceof List<?> a && actual instanceof List<?> b) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!values(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    return expected == null ? actual == null : expected.equals(actual);
  }

  private static boolean cells(Dict a, Dict b) {
    for (int i = 0; i < a.size(); i++) {
      if (!values(a.cell(i), b.cell(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether all members of the expected dict are in the actual one, deeper dicts likewise. */
  public static boolean members(Dict expected, Dict actual) {
    for (String name : expected.shape().names()) {
      if (!actual.has(name) || !part(expected.get(name), actual.get(name))) {
        return false;
      }
    }
    return true;
  }

  /** Like {@link #values}, but only the members given count, at every depth. */
  public static boolean part(Object expected, Object actual) {
    if (expected instanceof Dict a && actual instanceof Dict b) {
      return members(a, b);
    }
    if (expected instanceof List<?> a && actual instanceof List<?> b) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!part(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    return values(expected, actual);
  }
}
