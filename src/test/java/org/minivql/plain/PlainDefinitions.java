package org.minivql.plain;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.syntax.Names;
import org.minivql.syntax.Printer;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.LetParameter;
import org.minivql.syntax.tree.Select;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredExpression;
import org.minivql.value.StoredQuery;

/** What a LET keeps unevaluated, and queries in braces. */
final class PlainDefinitions {
  private PlainDefinitions() {}

  /** The parameters of a LET that have defaults are added to the arguments that lack them. */
  private static Map<String, Object> withDefaults(
      Let let, Map<String, Object> arguments, PlainScope caller) {
    Map<String, Object> all = new LinkedHashMap<>(arguments);
    for (LetParameter parameter : let.parameters()) {
      String name = Names.unquote(parameter.name());
      if (parameter.defaultValue() != null && !arguments.containsKey(name)) {
        all.put(name, PlainExpressions.argument(parameter.defaultValue(), caller));
      }
    }
    return all;
  }

  /** {@code LET X = expression}. */
  record Expression(Let let) implements StoredExpression {
    private Object body(PlainScope scope) {
      return PlainExpressions.eval((Expr) let.body(), scope);
    }

    /** Without parentheses: defaults apply, aggregates go on. */
    Object reference(PlainScope caller) {
      return body(caller.with(withDefaults(let, Map.of(), caller)));
    }

    /** In an expression: aggregates begin anew. */
    Object call(PlainScope caller, Map<String, Object> arguments) {
      return call(caller, arguments, true);
    }

    /** After FROM: aggregates go on. */
    Object callAfterFrom(PlainScope caller, Map<String, Object> arguments) {
      return call(caller, arguments, false);
    }

    private Object call(PlainScope caller, Map<String, Object> arguments, boolean anew) {
      PlainScope own = caller.owned(withDefaults(let, arguments, caller));
      try {
        return body(anew ? own.counting(new IdentityHashMap<>()) : own);
      } finally {
        own.end();
      }
    }

    /** The start of a dotted name: no defaults. */
    @Override
    public Object evaluate(Scope scope) {
      return body(((PlainScope) scope).with(new LinkedHashMap<>()));
    }
  }

  /** {@code LET X = SELECT}. */
  record Query(Let let) implements StoredQuery {
    Select select() {
      return (Select) let.body();
    }

    List<String> parameters() {
      return let.parameters().stream().map(p -> Names.unquote(p.name())).distinct().toList();
    }

    /** As it is: no defaults, aggregates go on. */
    @Override
    public void run(Scope scope, Sink out) {
      PlainSelect.run(select(), ((PlainScope) scope).with(new LinkedHashMap<>()), out);
    }

    /** With arguments: the scope in which it then runs. */
    PlainScope called(PlainScope caller, Map<String, Object> arguments) {
      return caller.with(arguments).counting(new IdentityHashMap<>());
    }

    Map<String, Object> filled(PlainScope caller, Map<String, Object> arguments) {
      return withDefaults(let, arguments, caller);
    }

    @Override
    public String text() {
      return Printer.text(select());
    }
  }

  /** {@code Q(a=1)} in an expression. */
  record Bound(Query query, PlainScope scope) implements StoredQuery {
    @Override
    public void run(Scope consumer, Sink out) {
      PlainSelect.run(query.select(), scope, out);
    }

    @Override
    public String text() {
      return query.text();
    }
  }

  /** {@code {SELECT …}} as an argument: runs wherever it is consumed. */
  record Brace(Select select) implements StoredQuery {
    @Override
    public void run(Scope scope, Sink out) {
      PlainSelect.run(select, (PlainScope) scope, out);
    }

    @Override
    public String text() {
      return Printer.text(select);
    }

    @Override
    public String typeName() {
      return "*vfilter._Select";
    }
  }
}
