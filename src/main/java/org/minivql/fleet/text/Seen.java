package org.minivql.fleet.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.syntax.Literals;
import org.minivql.syntax.Names;
import org.minivql.syntax.Printer;
import org.minivql.syntax.tree.Accessor;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Node;
import org.minivql.value.Absent;
import org.minivql.value.Lazy;
import org.minivql.value.Scope;

/** The values that a condition looked at: those of the names in it. */
public final class Seen {
  private final Scope scope;
  private final Map<String, String> values = new LinkedHashMap<>();
  private String hint;

  private Seen(Scope scope) {
    this.scope = scope;
  }

  /** What a condition looks at; null for no condition. */
  public static Seen of(Expr condition, Scope scope) {
    Seen seen = new Seen(scope);
    if (condition != null) {
      seen.visit(condition);
    }
    return seen;
  }

  /** The values as {@code name = value}, in the order of the text. */
  public String text() {
    return String.join(
        ", ", values.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList());
  }

  /** Why it may be false against the author's intention, or null. */
  public String hint() {
    return hint;
  }

  private void visit(Node node) {
    if (node instanceof Expr.Symbol symbol) {
      if (symbol.called()) {
        symbol.arguments().forEach(this::visit);
      } else {
        note(symbol, path(symbol));
      }
    } else if (node instanceof Argument argument) {
      visit(argument.value());
    } else if (node instanceof Expr.Access access) {
      access(access);
    } else if (node instanceof Expr.And and) {
      and.terms().forEach(this::visit);
    } else if (node instanceof Expr.Or or) {
      or.terms().forEach(this::visit);
    } else if (node instanceof Expr.Not not) {
      visit(not.operand());
    } else if (node instanceof Expr.Comparison comparison) {
      visit(comparison.left());
      visit(comparison.right());
      compare(comparison.left(), comparison.operator(), comparison.right());
      compare(comparison.right(), comparison.operator(), comparison.left());
    } else if (node instanceof Expr.Sum sum) {
      sum.terms().forEach(this::visit);
    } else if (node instanceof Expr.Product product) {
      product.terms().forEach(this::visit);
    } else if (node instanceof Expr.Paren paren) {
      visit(paren.content());
    } else if (node instanceof Expr.CommaList list) {
      list.items().forEach(this::visit);
    }
  }

  private void compare(Expr name, String operator, Expr literal) {
    if (operator.equals("=") && literal instanceof Expr.StringLiteral text) {
      String wanted = Shown.json(Literals.string(text.source()));
      String found = values.get(Printer.text(name));
      if (found != null && !found.equals(wanted) && found.equalsIgnoreCase(wanted)) {
        hint = found + " and " + wanted + " differ in case only: = minds it, =~ does not";
      }
    }
  }

  private void access(Expr.Access access) {
    if (!(access.base() instanceof Expr.Symbol symbol) || symbol.called()) {
      visit(access.base());
      return;
    }
    Object value = path(symbol);
    for (Accessor accessor : access.accessors()) {
      if (!(accessor instanceof Accessor.Member member)) {
        note(access.base(), value);
        return;
      }
      value = member(value, Names.component(member.name()));
    }
    note(access, value);
  }

  private Object path(Expr.Symbol symbol) {
    List<String> path = symbol.path();
    Object value = scope.resolve(Names.component(path.get(0)));
    for (int i = 1; i < path.size(); i++) {
      value = member(value, Names.component(path.get(i)));
    }
    return value;
  }

  private Object member(Object value, String name) {
    return value == null || value == Absent.ABSENT
        ? Absent.ABSENT
        : scope.operators().get(scope, reduced(value), name);
  }

  private static Object reduced(Object value) {
    return value instanceof Lazy lazy ? lazy.get() : value;
  }

  private void note(Node node, Object value) {
    Object known = reduced(value);
    String text =
        known == Absent.ABSENT
            ? "(no such name)"
            : Shown.json(scope.operators().normalise(scope, known));
    values.putIfAbsent(Printer.text(node), text);
  }
}
