package org.minivql.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.minivql.syntax.Parser;
import org.minivql.syntax.tree.Accessor;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.ArgumentValue;
import org.minivql.syntax.tree.Column;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.Node;
import org.minivql.syntax.tree.Program;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Statement;

/** Finds the SELECTs of a program, wherever they stand. */
final class EventSites {
  private final List<Select> selects = new ArrayList<>();

  private EventSites() {}

  /** All SELECTs of a text in the order in which they begin. */
  static List<Select> selects(String text) {
    Program program = Parser.parse(text);
    EventSites sites = new EventSites();
    for (Statement statement : program.statements()) {
      sites.visit(statement);
    }
    sites.selects.sort(Comparator.comparingInt(s -> s.span().start()));
    return List.copyOf(sites.selects);
  }

  /** The SELECTs directly over a queue. */
  static List<Select> overQueues(String text) {
    return selects(text).stream().filter(EventSites::overQueue).toList();
  }

  static boolean overQueue(Select select) {
    return select.from().path().equals(List.of("watch_monitoring"));
  }

  private void visit(Node node) {
    if (node instanceof Let let) {
      visit(let.body());
      let.parameters().forEach(p -> visit(p.defaultValue()));
    } else if (node instanceof Select select) {
      selects.add(select);
      select.columns().forEach(this::visit);
      select.from().arguments().forEach(this::visit);
      visit(select.where());
      visit(select.groupBy());
    } else if (node instanceof Column column) {
      visit(column.value());
    } else if (node instanceof Argument argument) {
      visit(argument.value());
    } else if (node instanceof ArgumentValue.Brackets brackets) {
      visit(brackets.content());
    } else if (node instanceof Expr expr) {
      expression(expr);
    }
  }

  private void expression(Expr expr) {
    if (expr instanceof Expr.CommaList list) {
      list.items().forEach(this::visit);
    } else if (expr instanceof Expr.And and) {
      and.terms().forEach(this::visit);
    } else if (expr instanceof Expr.Or or) {
      or.terms().forEach(this::visit);
    } else if (expr instanceof Expr.Not not) {
      visit(not.operand());
    } else if (expr instanceof Expr.Comparison comparison) {
      visit(comparison.left());
      visit(comparison.right());
    } else if (expr instanceof Expr.Sum sum) {
      sum.terms().forEach(this::visit);
    } else if (expr instanceof Expr.Product product) {
      product.terms().forEach(this::visit);
    } else if (expr instanceof Expr.Paren paren) {
      visit(paren.content());
    } else if (expr instanceof Expr.Symbol symbol) {
      symbol.arguments().forEach(this::visit);
    } else if (expr instanceof Expr.Access access) {
      visit(access.base());
      access.accessors().forEach(this::accessor);
    }
  }

  private void accessor(Accessor accessor) {
    if (accessor instanceof Accessor.Index index) {
      visit(index.index());
    } else if (accessor instanceof Accessor.Slice slice) {
      visit(slice.from());
      visit(slice.to());
    }
  }
}
