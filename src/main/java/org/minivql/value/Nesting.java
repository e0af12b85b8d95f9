package org.minivql.value;

import java.util.List;
import java.util.Objects;

/**
 * How deep values are looked into. What is nested deeper, or a value that holds itself, counts as
 * NULL there: a recursion over a value ends before the stack does.
 *
 * @since 0.1.0
 */
public final class Nesting {
  /** The most lists and dicts inside each other that are looked into. */
  public static final int DEEPEST = 1_000;

  /** From here on a recursion goes on in an {@link OwnStack}: so many levels fit on any stack. */
  public static final int ROOM = 60;

  private Nesting() {}

  /**
   * Whether a list or dict is too deep to be looked into. The first one of a run is told in its
   * log.
   *
   * @param scope null where there is no log
   * @param depth how many lists and dicts it is in
   */
  public static boolean exceeded(Scope scope, int depth) {
    if (depth < DEEPEST) {
      return false;
    }
    if (scope != null) {
      scope.runState(Nesting.class, () -> tell(scope));
    }
    return true;
  }

  private static Boolean tell(Scope scope) {
    scope.log(
        "WARN:A value is nested more than "
            + DEEPEST
            + " levels deep, or holds itself: what is deeper counts as NULL");
    return true;
  }

  static boolean same(Object a, Object b, int depth) {
    if (a == b || depth >= DEEPEST) {
      return true;
    }
    boolean nested = a instanceof Dict || a instanceof List<?>;
    return nested && depth == ROOM
        ? OwnStack.call(() -> sameParts(a, b, depth))
        : sameParts(a, b, depth);
  }

  private static boolean sameParts(Object a, Object b, int depth) {
    if (a instanceof Dict x && b instanceof Dict y) {
      Dict left = x.snapshot();
      Dict right = y.snapshot();
      boolean same = left.shape().sameNames(right.shape());
      for (int i = 0; same && i < left.size(); i++) {
        same = same(left.cell(i), right.cell(i), depth + 1);
      }
      return same;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      boolean same = x.size() == y.size();
      for (int i = 0; same && i < x.size(); i++) {
        same = same(x.get(i), y.get(i), depth + 1);
      }
      return same;
    }
    return Objects.equals(a, b);
  }

  static int hash(Object value, int depth) {
    boolean nested = value instanceof Dict || value instanceof List<?>;
    return nested && depth == ROOM
        ? OwnStack.call(() -> hashParts(value, depth))
        : hashParts(value, depth);
  }

  private static int hashParts(Object value, int depth) {
    int hash = 1;
    if (value instanceof Dict dict) {
      Dict now = dict.snapshot();
      hash = now.shape().names().hashCode();
      for (int i = 0; depth < DEEPEST && i < now.size(); i++) {
        hash = 31 * hash + hash(now.cell(i), depth + 1);
      }
      return hash;
    }
    if (value instanceof List<?> list) {
      for (int i = 0; depth < DEEPEST && i < list.size(); i++) {
        hash = 31 * hash + hash(list.get(i), depth + 1);
      }
      return hash;
    }
    return Objects.hashCode(value);
  }

  static void show(StringBuilder out, Object value, int depth) {
    boolean nested = value instanceof Dict || value instanceof List<?>;
    if (nested && depth >= DEEPEST) {
      out.append('…');
    } else if (nested && depth == ROOM) {
      OwnStack.run(() -> showParts(out, value, depth));
    } else {
      showParts(out, value, depth);
    }
  }

  private static void showParts(StringBuilder out, Object value, int depth) {
    if (value instanceof Dict dict) {
      out.append('{');
      dict.forEach(
          (name, cell) -> {
            out.append(out.charAt(out.length() - 1) == '{' ? "" : ", ").append(name).append('=');
            show(out, cell, depth + 1);
          });
      out.append('}');
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object item : list) {
        out.append(separator);
        show(out, item, depth + 1);
        separator = ", ";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else {
      out.append(value);
    }
  }
}
