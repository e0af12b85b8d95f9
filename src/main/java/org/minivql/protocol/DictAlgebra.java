package org.minivql.protocol;

import java.util.List;
import org.minivql.value.Dict;
import org.minivql.value.Protocol;
import org.minivql.value.Scope;

/**
 * Dicts: {@code +} merges, {@code -} removes keys, {@code *} keeps common keys, {@code <} counts.
 */
public final class DictAlgebra implements Protocol {
  /** The protocol. */
  public DictAlgebra() {}

  @Override
  public Object add(Scope scope, Object a, Object b) {
    if (!(a instanceof Dict x && b instanceof Dict y)) {
      return PASS;
    }
    Dict.Builder merged = x.toBuilder();
    y.forEach(merged::replace);
    return Dict.open(merged.build());
  }

  @Override
  public Object subtract(Scope scope, Object a, Object b) {
    return a instanceof Dict x && b instanceof Dict y ? keep(x, y, false) : PASS;
  }

  @Override
  public Object multiply(Scope scope, Object a, Object b) {
    return a instanceof Dict x && b instanceof Dict y ? keep(x, y, true) : PASS;
  }

  private static Dict keep(Dict a, Dict b, boolean common) {
    Dict.Builder kept = Dict.builder();
    a.forEach(
        (name, value) -> {
          if (b.has(name) == common) {
            kept.set(name, value);
          }
        });
    return Dict.open(kept.build());
  }

  @Override
  public Object less(Scope scope, Object a, Object b) {
    if (a instanceof Dict x) {
      return b instanceof Dict y && x.size() < y.size();
    }
    boolean smaller = a instanceof String || a instanceof Double || a instanceof List;
    return b instanceof Dict && smaller ? (Object) true : PASS;
  }
}
