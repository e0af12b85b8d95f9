package org.minivql.syntax;

import java.util.List;
import org.minivql.syntax.tree.Accessor;
import org.minivql.syntax.tree.Expr;

/** The expressions of a {@link Layout}. */
final class ExpressionLayout {
  private final Layout layout;
  private final Writer out;

  ExpressionLayout(Layout layout, Writer out) {
    this.layout = layout;
    this.out = out;
  }

  void write(Expr expression) {
    layout.comments(expression.span().start());
    if (expression instanceof Expr.Symbol symbol) {
      symbol(symbol);
    } else if (expression instanceof Expr.NumberLiteral literal) {
      out.put(number(literal));
    } else if (expression instanceof Expr.Paren paren) {
      out.put("(");
      out.deeper();
      write(paren.content());
      layout.commentsBeforeEnd(paren.span());
      out.put(")");
      out.pop();
    } else if (expression instanceof Expr.Access access) {
      write(access.base());
      access.accessors().forEach(this::accessor);
    } else if (expression instanceof Expr.Comparison comparison) {
      write(comparison.left());
      operator(comparison.operator());
      write(comparison.right());
    } else if (expression instanceof Expr.Not not) {
      out.put("NOT ");
      write(not.operand());
    } else {
      chain(expression);
    }
  }

  private void chain(Expr expression) {
    if (expression instanceof Expr.And and) {
      conjunction(and);
    } else if (expression instanceof Expr.Or or) {
      terms(or.terms(), or.operators());
    } else if (expression instanceof Expr.Sum sum) {
      terms(sum.terms(), sum.operators());
    } else if (expression instanceof Expr.Product product) {
      terms(product.terms(), product.operators());
    } else if (expression instanceof Expr.CommaList list) {
      list(list);
    } else {
      out.put(Printer.text(expression));
    }
  }

  /** A number without a value would become something else; it stays as it was written. */
  private static String number(Expr.NumberLiteral literal) {
    return Literals.number(literal.source()) == null
        ? literal.source()
        : Literals.numberText(literal.source());
  }

  private void operator(String operator) {
    out.put(" ");
    out.put(operator);
    out.put(" ");
  }

  private void conjunction(Expr.And and) {
    write(and.terms().get(0));
    for (int i = 1; i < and.terms().size(); i++) {
      out.line();
      operator(and.operators().get(i - 1));
      out.mark();
      write(and.terms().get(i));
    }
    for (int i = 1; i < and.terms().size(); i++) {
      out.pop();
    }
  }

  private void terms(List<Expr> terms, List<String> operators) {
    write(terms.get(0));
    for (int i = 1; i < terms.size(); i++) {
      operator(operators.get(i - 1));
      write(terms.get(i));
    }
  }

  private void list(Expr.CommaList list) {
    for (int i = 0; i < list.items().size(); i++) {
      if (i > 0) {
        out.put(",");
        out.put(" ");
      }
      if (list.items().get(i) != null) {
        write(list.items().get(i));
      }
    }
  }

  private void symbol(Expr.Symbol symbol) {
    boolean wraps = out.position() > Layout.WRAP_COLUMN;
    if (wraps) {
      out.deeper();
      out.line();
    }
    out.put(symbol.negated() ? "-" : "");
    path(symbol.path());
    if (symbol.called()) {
      layout.arguments(symbol.arguments(), symbol.span());
    }
    if (wraps) {
      out.pop();
    }
  }

  void path(List<String> path) {
    out.put(String.join(".", path));
  }

  private void accessor(Accessor accessor) {
    if (accessor instanceof Accessor.Member member) {
      out.put("." + member.name());
    } else if (accessor instanceof Accessor.Index index) {
      out.put("[");
      bound(index.index());
      out.put("]");
    } else if (accessor instanceof Accessor.Slice slice) {
      out.put("[");
      bound(slice.from());
      out.put(":");
      bound(slice.to());
      out.put("]");
    }
  }

  private void bound(Expr value) {
    if (value != null) {
      write(value);
    }
  }
}
