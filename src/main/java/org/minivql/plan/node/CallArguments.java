package org.minivql.plan.node;

import java.util.ArrayList;
import java.util.List;
import org.minivql.runtime.Frame;
import org.minivql.runtime.MaterializedRows;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.StoredQuery;

/** The arguments of one call as written: names, and expressions in source order. */
public final class CallArguments {
  private static final Object[] NO_VALUES = {};

  private final List<String> names;
  private final ExprNode[] nodes;
  private final boolean[] brackets;
  private final Shape shape;
  private final int[] cells;
  private final boolean anyBracket;
  private final boolean repeats;

  /**
   * Arguments in source order.
   *
   * @param names the names; one may occur twice
   * @param nodes the values
   * @param brackets which of them are written in square brackets
   */
  public CallArguments(List<String> names, ExprNode[] nodes, boolean[] brackets) {
    this.names = names;
    this.nodes = nodes;
    this.brackets = brackets;
    boolean any = false;
    for (boolean bracket : brackets) {
      any |= bracket;
    }
    this.anyBracket = any;
    List<String> distinct = new ArrayList<>(names.size());
    for (String name : names) {
      distinct.remove(name);
      distinct.add(name);
    }
    this.shape = Shape.of(distinct);
    this.cells = new int[nodes.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = shape.indexOf(names.get(i));
    }
    this.repeats = distinct.size() < names.size();
  }

  public int size() {
    return nodes.length;
  }

  List<String> names() {
    return names;
  }

  ExprNode node(int index) {
    return nodes[index];
  }

  boolean anyBracket() {
    return anyBracket;
  }

  boolean bracket(int index) {
    return brackets[index];
  }

  /** The last argument with this name, or -1. */
  int indexOf(String name) {
    return names.lastIndexOf(name);
  }

  /** The values of all arguments, evaluated in source order. */
  Object[] values(Frame frame) {
    if (nodes.length == 0) {
      return NO_VALUES;
    }
    Object[] values = new Object[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      values[i] = nodes[i].eval(frame);
    }
    return values;
  }

  /** All values, evaluated in source order; a repeated name moves to the end. */
  public Dict evaluate(Frame frame) {
    if (nodes.length == 0) {
      return Dict.EMPTY;
    }
    Object[] values = new Object[shape.size()];
    for (int i = 0; i < nodes.length; i++) {
      values[cells[i]] = nodes[i].eval(frame);
    }
    return Dict.over(shape, values);
  }

  /**
   * The values as a function takes them: what stands in square brackets is evaluated before the
   * rest, and of the rest what has the name of a later argument is not evaluated at all.
   */
  Dict evaluateBracketsFirst(Frame frame) {
    if (!anyBracket && !repeats) {
      return evaluate(frame);
    }
    Object[] values = new Object[shape.size()];
    for (int i = 0; i < nodes.length; i++) {
      if (brackets[i]) {
        values[cells[i]] = nodes[i].eval(frame);
      }
    }
    for (int i = 0; i < nodes.length; i++) {
      if (!brackets[i] && indexOf(names.get(i)) == i) {
        values[cells[i]] = nodes[i].eval(frame);
      }
    }
    return Dict.over(shape, values);
  }

  /** The same, with queries run and replaced by their rows. */
  public Dict evaluateMaterialized(Frame frame) {
    Object[] values = new Object[shape.size()];
    for (int i = 0; i < nodes.length; i++) {
      Object value = nodes[i].eval(frame);
      values[cells[i]] =
          value instanceof StoredQuery query ? MaterializedRows.of(frame, query) : value;
    }
    return Dict.over(shape, values);
  }
}
