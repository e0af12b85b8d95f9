package org.minivql.plan.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.runtime.Frame;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/** The declared parameters of a LET. */
public final class Parameters {
  public static final Parameters NONE = new Parameters(List.of(), List.of());

  private static final int MAX_SHAPES = 64;

  private final List<String> names;
  private final List<ExprNode> defaults;
  private final Map<Shape, Shape> filled = new ConcurrentHashMap<>();
  private final boolean hasDefaults;

  /**
   * Names and, in the same places, defaults or null; of a name that is repeated the last default.
   */
  public Parameters(List<String> names, List<ExprNode> defaults) {
    Map<String, ExprNode> declared = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      ExprNode before = declared.get(names.get(i));
      declared.put(names.get(i), defaults.get(i) == null ? before : defaults.get(i));
    }
    this.names = List.copyOf(declared.keySet());
    this.defaults = new ArrayList<>(declared.values());
    this.hasDefaults = this.defaults.stream().anyMatch(d -> d != null);
  }

  public List<String> names() {
    return names;
  }

  /** The arguments with the defaults of those not given, evaluated in the scope of the caller. */
  public Dict fill(Frame caller, Dict arguments) {
    if (!hasDefaults) {
      return arguments;
    }
    Object[] cells = null;
    int next = arguments.size();
    for (int i = 0; i < defaults.size(); i++) {
      ExprNode value = defaults.get(i);
      if (value != null && !arguments.has(names.get(i))) {
        if (cells == null) {
          cells = new Object[arguments.size() + names.size()];
          for (int k = 0; k < arguments.size(); k++) {
            cells[k] = arguments.cell(k);
          }
        }
        cells[next++] = value.eval(caller);
      }
    }
    return cells == null
        ? arguments
        : Dict.over(shape(arguments.shape()), Arrays.copyOf(cells, next));
  }

  private Shape shape(Shape given) {
    Shape shape = filled.get(given);
    if (shape == null) {
      List<String> all = new ArrayList<>(given.names());
      for (int i = 0; i < names.size(); i++) {
        if (defaults.get(i) != null && !all.contains(names.get(i))) {
          all.add(names.get(i));
        }
      }
      shape = Shape.of(all);
      if (filled.size() < MAX_SHAPES) {
        filled.put(given, shape);
      }
    }
    return shape;
  }
}
