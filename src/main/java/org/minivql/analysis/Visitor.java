package org.minivql.analysis;

import org.minivql.syntax.tree.Accessor;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.ArgumentValue;
import org.minivql.syntax.tree.Column;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.LetParameter;
import org.minivql.syntax.tree.Node;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Select;

/** Walks over a tree and calls back where names are used. */
abstract class Visitor {
  /** A name or call in an expression. */
  abstract void symbol(Expr.Symbol symbol);

  /** What follows FROM. */
  abstract void plugin(PluginCall call);

  /** A query, before its parts. */
  void select(Select select) {
    // Most visitors look at its parts only.
  }

  /** Walks over a node and all below it; null is nothing. */
  final void visit(Node node) {
    if (node instanceof Let let) {
      for (LetParameter parameter : let.parameters()) {
        visit(parameter.defaultValue());
      }
      visit(let.body());
    } else if (node instanceof Select select) {
      query(select);
    } else if (node instanceof PluginCall call) {
      plugin(call);
      call.arguments().forEach(this::visit);
    } else if (node instanceof Argument argument) {
      visit(argument.value());
    } else if (node instanceof ArgumentValue.Brackets brackets) {
      visit(brackets.content());
    } else if (node instanceof Column column) {
      visit(column.value());
    } else if (node instanceof Accessor accessor) {
      access(accessor);
    } else if (node instanceof Expr expr) {
      expression(expr);
    }
  }

  private void query(Select select) {
    select(select);
    select.columns().forEach(this::visit);
    visit(select.from());
    visit(select.where());
    visit(select.groupBy());
  }

  private void access(Accessor accessor) {
    if (accessor instanceof Accessor.Index index) {
      visit(index.index());
    } else if (accessor instanceof Accessor.Slice slice) {
      visit(slice.from());
      visit(slice.to());
    }
  }

  private void expression(Expr expr) {
    if (expr instanceof Expr.Symbol symbol) {
      symbol(symbol);
      symbol.arguments().forEach(this::visit);
    } else if (expr instanceof Expr.CommaList list) {
      list.items().forEach(this::visit);
    } else if (expr instanceof Expr.And and) {
      and.terms().forEach(this::visit);
    } else if (expr instanceof Expr.Or or) {
      or.terms().forEach(this::visit);
    } else if (expr instanceof Expr.Sum sum) {
      sum.terms().forEach(this::visit);
    } else if (expr instanceof Expr.Product product) {
      product.terms().forEach(this::visit);
    } else if (expr instanceof Expr.Not not) {
      visit(not.operand());
    } else if (expr instanceof Expr.Comparison comparison) {
      visit(comparison.left());
      visit(comparison.right());
    } else if (expr instanceof Expr.Paren paren) {
      visit(paren.content());
    } else if (expr instanceof Expr.Access access) {
      visit(access.base());
      access.accessors().forEach(this::visit);
    }
  }
}
