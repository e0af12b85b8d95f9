package org.minivql.plan.node;

import java.util.ArrayList;
import java.util.List;
import org.minivql.runtime.Frame;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Place;
import org.minivql.value.Scope;
import org.minivql.value.Shape;

/** A compiled lambda. Parameter names count as written: a quoted one cannot be referenced. */
public final class PlannedLambda implements Lambda {
  private final List<String> parameters;
  private final ExprNode body;
  private final String text;
  private final Shape shape;
  private final int[] cells;
  private final Place at;

  public PlannedLambda(List<String> parameters, ExprNode body, String text) {
    this.parameters = List.copyOf(parameters);
    this.body = body;
    this.text = text;
    List<String> distinct = new ArrayList<>();
    for (String parameter : parameters) {
      distinct.remove(parameter);
      distinct.add(parameter);
    }
    this.shape = Shape.of(distinct);
    this.cells = parameters.stream().mapToInt(shape::indexOf).toArray();
    this.at = null;
  }

  private PlannedLambda(PlannedLambda other, Place at) {
    this.parameters = other.parameters;
    this.body = other.body;
    this.text = other.text;
    this.shape = other.shape;
    this.cells = other.cells;
    this.at = at;
  }

  /** A lambda whose lines in the log are about the call that was given it. */
  static Lambda about(Lambda lambda, Place at) {
    return at != null && lambda instanceof PlannedLambda planned
        ? new PlannedLambda(planned, at)
        : lambda;
  }

  @Override
  public List<String> parameters() {
    return parameters;
  }

  @Override
  public Object call(Scope scope, Object... arguments) {
    if (arguments.length != cells.length) {
      ((Frame) scope).log("ERROR:Incorrect number of parameters in Lambda call", at);
      return null;
    }
    Object[] values = new Object[shape.size()];
    for (int i = 0; i < cells.length; i++) {
      values[cells[i]] = arguments[i];
    }
    return body.eval(((Frame) scope).push(Dict.over(shape, values)).about(at));
  }

  @Override
  public String text() {
    return text;
  }
}
