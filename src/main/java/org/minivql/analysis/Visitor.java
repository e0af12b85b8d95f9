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
public abstract class Visitor {
  /** A visitor; its subclass says what it looks for. */
  protected Visitor() {}

  /** A name or call in an expression. */
  protected void symbol(Expr.Symbol symbol) {
    // Not every visitor looks for names.
  }

  /** What follows FROM. */
  protected void plugin(PluginCall call) {
    // Not every visitor looks for plugins.
  }

  /** A query, before its parts. */
  protected void select(Select select) {
    // Most visitors look at its parts only.
  }

  /** A comparison, before its sides. */
  protected void comparison(Expr.Comparison comparison) {
    // Most visitors look at its sides only.
  }

  /** A member of something that is no plain name. */
  protected void member(Accessor.Member member) {
    // Most visitors look at names only.
  }

  /** A string. */
  protected void text(Expr.StringLiteral literal) {
    // Most visitors look at calls only.
  }

  /** Walks over a node and all below it; null is nothing. */
  public final void visit(Node node) {
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
    if (accessor instanceof Accessor.Member member) {
      member(member);
    } else if (accessor instanceof Accessor.Index index) {
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
    } else if (expr instanceof Expr.StringLiteral literal) {
      text(literal);
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
      comparison(comparison);
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
