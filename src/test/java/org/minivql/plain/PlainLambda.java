package org.minivql.plain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.syntax.Printer;
import org.minivql.value.Lambda;
import org.minivql.value.Scope;

/** {@code a, b => body}: the parameters are one layer on top of the caller's scope. */
record PlainLambda(org.minivql.syntax.tree.Lambda tree) implements Lambda {
  @Override
  public List<String> parameters() {
    return tree.parameters();
  }

  @Override
  public Object call(Scope scope, Object... arguments) {
    if (arguments.length != parameters().size()) {
      scope.log("ERROR:Incorrect number of parameters in Lambda call");
      return null;
    }
    Map<String, Object> layer = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      layer.put(parameters().get(i), arguments[i]);
    }
    return PlainExpressions.eval(tree.body(), ((PlainScope) scope).with(layer));
  }

  @Override
  public String text() {
    return Printer.text(tree);
  }
}
