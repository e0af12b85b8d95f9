package org.minivql.syntax;

import java.util.List;
import org.minivql.syntax.tree.Accessor;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.ArgumentValue;
import org.minivql.syntax.tree.Column;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Lambda;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.LetParameter;
import org.minivql.syntax.tree.Node;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Select;

/**
 * The canonical text of a tree: one line, upper-case keywords, no comments. Names of columns are
 * made from it, so every blank counts.
 */
public final class Printer {
  private final StringBuilder out = new StringBuilder();

  private Printer() {}

  /** The canonical text of a node, without white space around it. */
  public static String text(Node node) {
    Printer printer = new Printer();
    printer.node(node);
    return printer.out.toString().strip();
  }

  /** The text of a column without its alias. */
  static String columnText(Column column) {
    if (column.value() instanceof Expr.Symbol symbol && isName(symbol)) {
      return symbol.path().get(0);
    }
    Printer printer = new Printer();
    printer.columnValue(column);
    return printer.out.toString().strip();
  }

  private static boolean isName(Expr.Symbol symbol) {
    return !symbol.called() && !symbol.negated() && symbol.path().size() == 1;
  }

  private void node(Node node) {
    if (node instanceof ArgumentValue value) {
      value(value);
    } else if (node instanceof Let let) {
      let(let);
    } else if (node instanceof Column column) {
      column(column);
    } else if (node instanceof PluginCall call) {
      plugin(call);
    } else if (node instanceof Argument argument) {
      argument(argument);
    } else if (node instanceof Lambda lambda) {
      out.append(String.join(", ", lambda.parameters())).append(" => ");
      expression(lambda.body());
    } else {
      accessor((Accessor) node);
    }
  }

  private void value(ArgumentValue value) {
    if (value instanceof Select select) {
      select(select);
    } else if (value instanceof ArgumentValue.Brackets brackets) {
      brackets(brackets);
    } else {
      expression((Expr) value);
    }
  }

  private void let(Let let) {
    out.append("LET ").append(let.name());
    if (!let.parameters().isEmpty()) {
      String before = "(";
      for (LetParameter parameter : let.parameters()) {
        out.append(before).append(Names.unquote(parameter.name()));
        if (parameter.defaultValue() != null) {
          out.append('=');
          argumentValue(parameter.defaultValue());
        }
        before = ", ";
      }
      out.append(')');
    }
    out.append(let.materialized() ? " <= " : " = ");
    node(let.body());
  }

  private void select(Select select) {
    out.append(select.explain() ? "EXPLAIN SELECT " : "SELECT ");
    String before = "";
    if (select.star()) {
      out.append('*');
      before = ", ";
    }
    for (Column column : select.columns()) {
      out.append(before);
      column(column);
      before = ", ";
    }
    if (!before.isEmpty()) {
      out.append(' ');
    }
    out.append("FROM ");
    plugin(select.from());
    clause(" WHERE ", select.where());
    clause(" GROUP BY ", select.groupBy());
    if (select.orderBy() != null) {
      out.append(" ORDER BY ").append(select.orderBy().name());
      out.append(select.orderBy().descending() ? " DESC " : "");
    }
    if (select.limit() != null) {
      clauseStart(" LIMIT ");
      out.append(select.limit().rows()).append(' ');
    }
  }

  private void clause(String keyword, Expr expression) {
    if (expression != null) {
      clauseStart(keyword);
      expression(expression);
    }
  }

  private void clauseStart(String keyword) {
    boolean blank = out.charAt(out.length() - 1) == ' ';
    out.append(keyword, blank ? 1 : 0, keyword.length());
  }

  private void column(Column column) {
    columnValue(column);
    if (column.alias() != null && !column.star()) {
      out.append(" AS ").append(column.alias());
    }
  }

  private void columnValue(Column column) {
    if (column.star()) {
      out.append('*');
    } else if (column.value() instanceof Select select) {
      braces(select);
    } else {
      node(column.value());
    }
  }

  private void braces(Select select) {
    out.append("{ ");
    select(select);
    out.append(" }");
  }

  private void plugin(PluginCall call) {
    path(call.path());
    if (call.called()) {
      arguments(call.arguments());
    }
  }

  private void path(List<String> path) {
    for (int i = 0; i < path.size(); i++) {
      out.append(i > 0 ? "." : "").append(path.get(i));
    }
  }

  private void arguments(List<Argument> arguments) {
    String before = "(";
    for (Argument argument : arguments) {
      out.append(before);
      argument(argument);
      before = ", ";
    }
    out.append(arguments.isEmpty() ? "()" : ")");
  }

  private void argument(Argument argument) {
    out.append(argument.name()).append('=');
    argumentValue(argument.value());
  }

  private void argumentValue(ArgumentValue value) {
    if (value instanceof Select select) {
      braces(select);
    } else {
      value(value);
    }
  }

  private void brackets(ArgumentValue.Brackets brackets) {
    out.append('[');
    if (brackets.content() != null) {
      expression(brackets.content());
    }
    out.append(']');
  }

  private void expression(Expr expression) {
    if (expression instanceof Expr.Symbol symbol) {
      symbol(symbol);
    } else if (expression instanceof Expr.StringLiteral literal) {
      out.append(literal.source());
    } else if (expression instanceof Expr.NumberLiteral literal) {
      out.append(Literals.numberText(literal.source()));
    } else if (expression instanceof Expr.BoolLiteral literal) {
      out.append(literal.source());
    } else if (expression instanceof Expr.NullLiteral) {
      out.append("NULL");
    } else if (expression instanceof Expr.Paren paren) {
      out.append('(');
      expression(paren.content());
      out.append(')');
    } else if (expression instanceof Expr.Access access) {
      expression(access.base());
      access.accessors().forEach(this::accessor);
    } else {
      operation(expression);
    }
  }

  private void operation(Expr expression) {
    if (expression instanceof Expr.Comparison comparison) {
      expression(comparison.left());
      out.append(' ').append(comparison.operator()).append(' ');
      expression(comparison.right());
    } else if (expression instanceof Expr.And and) {
      chain(and.terms(), and.operators(), "  ");
    } else if (expression instanceof Expr.Or or) {
      chain(or.terms(), or.operators(), " ");
    } else if (expression instanceof Expr.Sum sum) {
      chain(sum.terms(), sum.operators(), " ");
    } else if (expression instanceof Expr.Product product) {
      chain(product.terms(), product.operators(), " ");
    } else if (expression instanceof Expr.Not not) {
      out.append("NOT ");
      expression(not.operand());
    } else {
      list((Expr.CommaList) expression);
    }
  }

  private void chain(List<Expr> terms, List<String> operators, String before) {
    expression(terms.get(0));
    for (int i = 1; i < terms.size(); i++) {
      out.append(before).append(operators.get(i - 1)).append(' ');
      expression(terms.get(i));
    }
  }

  private void list(Expr.CommaList list) {
    String before = "";
    for (Expr item : list.items()) {
      out.append(before);
      if (item != null) {
        expression(item);
      }
      before = ", ";
    }
  }

  private void symbol(Expr.Symbol symbol) {
    out.append(symbol.negated() ? "-" : "");
    path(symbol.path());
    if (symbol.called()) {
      arguments(symbol.arguments());
    }
  }

  private void accessor(Accessor accessor) {
    if (accessor instanceof Accessor.Member member) {
      out.append('.').append(member.name());
    } else if (accessor instanceof Accessor.Index index) {
      index(index);
    } else if (accessor instanceof Accessor.Slice slice) {
      out.append('[');
      bound(slice.from());
      // A symbol keeps a blank between itself and the colon.
      out.append(slice.to() instanceof Expr.Symbol ? ": " : ":");
      bound(slice.to());
      out.append(']');
    }
  }

  /** An index without a value leaves a lone dot; column names rest on it. */
  private void index(Accessor.Index index) {
    if (index.index() == null) {
      out.append('.');
    } else {
      out.append('[');
      bound(index.index());
      out.append(']');
    }
  }

  private void bound(Expr value) {
    if (value != null) {
      expression(value);
    }
  }
}
