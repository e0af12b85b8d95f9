package org.minivql.plain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.minivql.spi.ArgType;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Catalog;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.ArgumentValue;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Lazy;
import org.minivql.value.Materialized;
import org.minivql.value.Queries;
import org.minivql.value.Sink;
import org.minivql.value.Values;

/**
 * Calls of what the host declares.
 *
 * @param signature the declaration
 * @param site the place in the tree
 * @param names the names of the arguments given
 * @param scope where it is called
 */
record PlainCall(Signature signature, Object site, List<String> names, PlainScope scope)
    implements CallContext {

  /** A function takes its arguments when their turn comes, but those in brackets at once. */
  static Object function(Catalog.Function function, Expr.Symbol symbol, PlainScope scope) {
    Map<String, Lazy> given = new LinkedHashMap<>();
    for (Argument argument : symbol.arguments()) {
      Lazy value = new PlainThunk(() -> PlainExpressions.argument(argument.value(), scope));
      if (argument.value() instanceof ArgumentValue.Brackets) {
        value.get();
      }
      given.remove(Names.unquote(argument.name()));
      given.put(Names.unquote(argument.name()), value);
    }
    PlainCall call =
        new PlainCall(function.signature(), symbol, List.copyOf(given.keySet()), scope);
    try {
      return Values.reduce(function.body().call(call, call.bind(given)));
    } catch (ArgumentException e) {
      call.log(e.getMessage());
      return function.signature().onError().value();
    }
  }

  /** A plugin takes all its arguments at once, in source order. */
  static void plugin(Catalog.Plugin plugin, PluginCall from, PlainScope scope, Sink out) {
    Map<String, Lazy> given = new LinkedHashMap<>();
    PlainExpressions.arguments(from.arguments(), scope)
        .forEach((name, value) -> given.put(name, new PlainThunk(() -> value)));
    PlainCall call = new PlainCall(plugin.signature(), from, List.copyOf(given.keySet()), scope);
    try {
      plugin.body().run(call, call.bind(given), out);
    } catch (ArgumentException e) {
      call.log(e.getMessage());
    }
  }

  private Object[] bind(Map<String, Lazy> given) {
    List<Object> bound = new ArrayList<>();
    for (Parameter parameter : signature.parameters()) {
      Lazy value = given.get(parameter.name());
      bound.add(value == null ? missing(parameter) : converted(parameter, value));
    }
    Dict.Builder others = Dict.builder();
    for (String name : given.keySet()) {
      if (signature.parameter(name) == null) {
        if (!signature.open()) {
          throw new ArgumentException("Unexpected arg " + name);
        }
        others.set(name, given.get(name).get());
      }
    }
    if (signature.open()) {
      bound.add(others.build());
    }
    return bound.toArray();
  }

  private static Object missing(Parameter parameter) {
    if (parameter.required()) {
      throw new ArgumentException("Field " + parameter.name() + " is required");
    }
    String text = parameter.defaultValue();
    if (text.isEmpty()) {
      return parameter.type() == ArgType.ANY ? Absent.ABSENT : null;
    }
    return switch (parameter.type()) {
      case INT -> (Object) Long.valueOf(text);
      case FLOAT -> (Object) Double.valueOf(text);
      case BOOL -> (Object) Boolean.valueOf(text);
      case ANY, STRING -> text;
      default -> null;
    };
  }

  private Object converted(Parameter parameter, Lazy given) {
    if (parameter.type() == ArgType.LAZY) {
      return given;
    }
    Object value = given.get();
    String field = "Field " + parameter.name();
    return switch (parameter.type()) {
      case ANY -> value instanceof Materialized rows ? rows.rows() : value;
      case INT -> Values.toLong(numeric(value, field, "an int"));
      case FLOAT -> Values.toDouble(numeric(value, field, "a float"));
      case BOOL -> scope.operators().truth(scope, value);
      case STRING -> string(value);
      case LIST -> list(value);
      case QUERY -> Queries.of(value);
      case LAMBDA -> lambda((String) value);
      default -> throw new NotComparable("an argument of type " + parameter.type());
    };
  }

  private static Object numeric(Object value, String field, String wanted) {
    if (!Values.isNumeric(value)) {
      throw new ArgumentException(
          field + " should be " + wanted + " not " + Values.typeName(value) + ".");
    }
    return value;
  }

  private String string(Object value) {
    if (value instanceof List<?> list && list.size() == 1) {
      Object only = Values.reduce(list.get(0));
      if (only instanceof Dict dict && dict.size() == 1 && dict.cell(0) instanceof String text) {
        return text;
      }
      return scope.operators().text(scope, only);
    }
    return value == null ? "" : scope.operators().text(scope, value);
  }

  private static List<?> list(Object value) {
    if (value instanceof Materialized rows) {
      return rows.rows();
    }
    List<Object> one = new ArrayList<>();
    one.add(value);
    return value instanceof List<?> list ? list : one;
  }

  @Override
  public PlainScope about() {
    return scope;
  }

  @Override
  public void append(String line) {
    scope.log(line);
  }

  @Override
  public String name() {
    return signature.name();
  }

  @Override
  public void log(String message) {
    scope.log(signature.logName() + ": " + message);
  }

  @Override
  public <T> T aggregate(Supplier<T> init) {
    return scope.aggregate(site, init);
  }

  @Override
  public boolean given(String argument) {
    return names.contains(argument);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T siteState(Supplier<T> init) {
    return (T) scope.run().sites.computeIfAbsent(site, s -> init.get());
  }

  @Override
  public Lambda lambda(String text) {
    return scope.run().lambda(text);
  }
}
