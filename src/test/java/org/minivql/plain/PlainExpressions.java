package org.minivql.plain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.spi.Catalog;
import org.minivql.syntax.Literals;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Accessor;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.ArgumentValue;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Select;
import org.minivql.value.Absent;
import org.minivql.value.Operators;
import org.minivql.value.Values;

/** What expressions mean. */
final class PlainExpressions {
  private PlainExpressions() {}

  static boolean test(Expr expr, PlainScope scope) {
    return scope.operators().truth(scope, eval(expr, scope));
  }

  static Object eval(Expr expr, PlainScope scope) {
    scope.run().step();
    if (expr instanceof Expr.Symbol symbol) {
      Object value = symbol.called() ? call(symbol, scope) : name(symbol, scope);
      return symbol.negated() ? negative(value) : value;
    }
    if (expr instanceof Expr.StringLiteral literal) {
      return Literals.string(literal.source());
    }
    if (expr instanceof Expr.NumberLiteral literal) {
      return number(literal, scope);
    }
    if (expr instanceof Expr.BoolLiteral literal) {
      return literal.source().equalsIgnoreCase("true");
    }
    if (expr instanceof Expr.NullLiteral) {
      return null;
    }
    if (expr instanceof Expr.Paren paren) {
      return eval(paren.content(), scope);
    }
    if (expr instanceof Expr.Access access) {
      return access(access, scope);
    }
    if (expr instanceof Expr.CommaList list) {
      return list(list, scope);
    }
    return operation(expr, scope);
  }

  private static Object operation(Expr expr, PlainScope scope) {
    if (expr instanceof Expr.Comparison comparison) {
      return compare(comparison, scope);
    }
    if (expr instanceof Expr.And and) {
      return and(and, scope);
    }
    if (expr instanceof Expr.Or or) {
      return or(or, scope);
    }
    if (expr instanceof Expr.Not not) {
      return !test(not.operand(), scope);
    }
    if (expr instanceof Expr.Sum sum) {
      return chain(sum.terms(), sum.operators(), scope);
    }
    Expr.Product product = (Expr.Product) expr;
    return chain(product.terms(), product.operators(), scope);
  }

  private static Object number(Expr.NumberLiteral literal, PlainScope scope) {
    Object number = Literals.number(literal.source());
    if (number == null) {
      scope.log("ERROR:Unable to parse " + literal.source() + " as a number.");
    }
    return number;
  }

  private static Object negative(Object value) {
    if (value instanceof Boolean bool) {
      return !bool;
    }
    if (value instanceof Long integer) {
      return -integer;
    }
    return value instanceof Double real ? (Object) (-real) : null;
  }

  private static Object list(Expr.CommaList list, PlainScope scope) {
    List<Object> values = new ArrayList<>();
    for (Expr item : list.items()) {
      if (item == null) {
        return values;
      }
      values.add(eval(item, scope));
    }
    return values;
  }

  private static Object chain(List<Expr> terms, List<String> signs, PlainScope scope) {
    Operators operators = scope.operators();
    Object value = eval(terms.get(0), scope);
    for (int i = 0; i < signs.size(); i++) {
      Object next = eval(terms.get(i + 1), scope);
      value =
          switch (signs.get(i)) {
            case "+" -> operators.add(scope, value, next);
            case "-" -> operators.subtract(scope, value, next);
            case "*" -> operators.multiply(scope, value, next);
            default -> operators.divide(scope, value, next);
          };
    }
    return value;
  }

  private static Object compare(Expr.Comparison comparison, PlainScope scope) {
    Operators operators = scope.operators();
    Object a = eval(comparison.left(), scope);
    Object b = eval(comparison.right(), scope);
    return switch (comparison.operator()) {
      case "=" -> operators.equal(scope, a, b);
      case "!=" -> !operators.equal(scope, a, b);
      case "<" -> operators.less(scope, a, b);
      case "<=" -> operators.less(scope, a, b) || operators.equal(scope, a, b);
      case ">" -> operators.greater(scope, a, b);
      case ">=" -> operators.greater(scope, a, b) || operators.equal(scope, a, b);
      case "=~" -> operators.matches(scope, a, b);
      case "IN", "in", "In" -> operators.in(scope, a, b);
      default -> false;
    };
  }

  private static Object and(Expr.And and, PlainScope scope) {
    Object value = null;
    for (Expr term : and.terms()) {
      value = eval(term, scope);
      if (!scope.operators().truth(scope, value)) {
        return false;
      }
    }
    boolean yieldsLast = and.operators().get(and.operators().size() - 1).equals("&&");
    return yieldsLast ? value : (Object) true;
  }

  private static Object or(Expr.Or or, PlainScope scope) {
    Object value = null;
    for (int i = 0; i < or.terms().size(); i++) {
      value = eval(or.terms().get(i), scope);
      if (scope.operators().truth(scope, value)) {
        return i == 0 || or.operators().get(i - 1).equals("||") ? value : (Object) true;
      }
    }
    return value;
  }

  private static Object access(Expr.Access access, PlainScope scope) {
    Object value = eval(access.base(), scope);
    for (Accessor accessor : access.accessors()) {
      value = step(accessor, value, scope);
      if (value == Absent.ABSENT) {
        return null;
      }
      value = Values.reduce(value);
    }
    return value;
  }

  private static Object step(Accessor accessor, Object value, PlainScope scope) {
    if (accessor instanceof Accessor.Member member) {
      return scope.operators().get(scope, value, Names.unquote(member.name()));
    }
    if (accessor instanceof Accessor.Index index) {
      if (index.index() == null) {
        return Absent.ABSENT;
      }
      Object key = eval(index.index(), scope);
      return key == null ? Absent.ABSENT : scope.operators().get(scope, value, key);
    }
    Accessor.Slice slice = (Accessor.Slice) accessor;
    Object from = slice.from() == null ? Absent.ABSENT : eval(slice.from(), scope);
    Object to = slice.to() == null ? Absent.ABSENT : eval(slice.to(), scope);
    return scope.operators().slice(scope, value, from, to);
  }

  static List<String> components(List<String> path) {
    return path.stream().map(Names::component).toList();
  }

  /** The value of a dotted name; ABSENT where a component is missing, which may be logged. */
  private static Object find(Expr.Symbol symbol, PlainScope scope) {
    List<String> path = components(symbol.path());
    Object value = scope.lookup(path.get(0));
    if (value == Absent.ABSENT) {
      String before = path.size() == 1 ? "" : "While resolving " + written(symbol) + " ";
      String name = path.size() == 1 ? written(symbol) : path.get(0);
      scope.log(
          "ERROR:"
              + before
              + "Symbol "
              + name
              + " not found. Current Scope is "
              + scope.describe());
      return Absent.ABSENT;
    }
    value = value == PlainScope.QUIET ? null : value;
    return follow(path, value, scope);
  }

  /** Goes from the value of the first component of a path to that of the last one. */
  static Object follow(List<String> path, Object first, PlainScope scope) {
    Object value = Values.reduce(first);
    for (String member : path.subList(1, path.size())) {
      value = Values.reduce(scope.operators().get(scope, value, member));
      if (value == Absent.ABSENT) {
        return Absent.ABSENT;
      }
    }
    return value;
  }

  private static String written(Expr.Symbol symbol) {
    return (symbol.negated() ? "-" : "") + String.join(".", symbol.path());
  }

  private static Object name(Expr.Symbol symbol, PlainScope scope) {
    Object value = find(symbol, scope);
    if (value instanceof PlainDefinitions.Expression expression) {
      return expression.reference(scope);
    }
    return value == Absent.ABSENT ? null : value;
  }

  private static Object call(Expr.Symbol symbol, PlainScope scope) {
    Catalog.Function function =
        symbol.path().size() > 1
            ? null
            : scope.run().function(Names.component(symbol.path().get(0)));
    if (function != null) {
      return PlainCall.function(function, symbol, scope);
    }
    Object value = find(symbol, scope);
    if (value == Absent.ABSENT) {
      return null;
    }
    if (value instanceof PlainDefinitions.Expression expression) {
      return expression.call(scope, arguments(symbol.arguments(), scope));
    }
    if (value instanceof PlainDefinitions.Query query && !symbol.arguments().isEmpty()) {
      Map<String, Object> given = arguments(symbol.arguments(), scope);
      return new PlainDefinitions.Bound(query, query.called(scope, query.filled(scope, given)));
    }
    scope.log("ERROR:Symbol " + written(symbol) + " is not a function but it is being called.");
    return null;
  }

  /** Arguments evaluated at once, in source order; a name given again moves to the end. */
  static Map<String, Object> arguments(List<Argument> arguments, PlainScope scope) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Argument argument : arguments) {
      Object value = argument(argument.value(), scope);
      values.remove(Names.unquote(argument.name()));
      values.put(Names.unquote(argument.name()), value);
    }
    return values;
  }

  static Object argument(ArgumentValue value, PlainScope scope) {
    if (value instanceof Select select) {
      return new PlainDefinitions.Brace(select);
    }
    if (value instanceof ArgumentValue.Brackets brackets) {
      return brackets.content() == null ? new ArrayList<>() : eval(brackets.content(), scope);
    }
    return eval((Expr) value, scope);
  }
}
