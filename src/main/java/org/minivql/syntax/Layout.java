package org.minivql.syntax;

import java.util.List;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.ArgumentValue;
import org.minivql.syntax.tree.Column;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.LetParameter;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Span;
import org.minivql.syntax.tree.Statement;

/**
 * Writes trees with line breaks. Comments are written in front of the next piece they precede: a
 * statement, a clause, a column, an argument, a value or a closing bracket.
 */
final class Layout {
  /** The column after which names and arguments move to a new line. */
  static final int WRAP_COLUMN = 50;

  private final Writer out = new Writer();
  private final Comments comments;
  private final Choices choices;
  private final ExpressionLayout expressions = new ExpressionLayout(this, out);

  private Layout(Comments comments) {
    this.comments = comments;
    this.choices = new Choices(out, comments);
  }

  static String of(List<Statement> statements, Comments comments) {
    Layout layout = new Layout(comments);
    for (Statement statement : statements) {
      layout.statement(statement);
    }
    layout.comments(Integer.MAX_VALUE);
    return layout.out.text();
  }

  private void statement(Statement statement) {
    out.beginStatement();
    choices.beginStatement();
    comments(statement.span().start());
    if (statement instanceof Let let) {
      let(let);
    } else {
      select((Select) statement);
    }
    out.line();
    out.line();
  }

  /** Writes the comments before an offset. */
  void comments(int offset) {
    while (comments.pendingBefore(offset)) {
      if (!out.breaking()) {
        // On one line the comment would swallow what follows.
        out.spoil();
      }
      comment(comments.take());
    }
  }

  private void comment(String text) {
    if (text.startsWith("/*")) {
      out.newLine(0);
      out.pop();
      out.put(text);
      out.newLine(0);
      out.pop();
    } else {
      out.put(text);
      out.line();
    }
  }

  /** Writes the comments before a closing bracket, which gets a line of its own then. */
  void commentsBeforeEnd(Span span) {
    if (comments.pendingBefore(span.end())) {
      if (!out.last().isBlank()) {
        out.line();
      }
      comments(span.end());
    }
  }

  private void let(Let let) {
    out.put("LET ");
    out.put(let.name());
    for (int i = 0; i < let.parameters().size(); i++) {
      separate(i, "(");
      parameter(let.parameters().get(i));
    }
    out.put(let.parameters().isEmpty() ? "" : ")");
    out.put(let.materialized() ? " <= " : " = ");
    out.deeper();
    if (let.body() instanceof Select select) {
      select(select);
    } else {
      expressions.write((Expr) let.body());
    }
    out.pop();
  }

  private void separate(int index, String opening) {
    if (index == 0) {
      out.put(opening);
    } else {
      out.put(",");
      out.put(" ");
    }
  }

  private void parameter(LetParameter parameter) {
    if (parameter.defaultValue() == null) {
      out.put(parameter.name());
    } else {
      named(parameter.name(), parameter.defaultValue());
    }
  }

  void select(Select select) {
    comments(select.span().start());
    out.put(select.explain() ? "EXPLAIN " : "");
    out.put("SELECT ");
    if (select.star() || !select.columns().isEmpty()) {
      choices.choose(
          select,
          () -> {
            out.mark();
            columns(select);
            out.pop();
          },
          () -> {
            out.newLine(2);
            out.deeper();
            out.put("  ");
            columns(select);
            out.pop();
            out.pop();
          });
    }
    clause("FROM ", select.from().span());
    expressions.path(select.from().path());
    if (select.from().called()) {
      arguments(select.from().arguments(), select.from().span());
    }
    clauses(select);
  }

  private void clauses(Select select) {
    if (select.where() != null) {
      clauseOfExpression("WHERE ", select.where());
      expressions.write(select.where());
    }
    if (select.groupBy() != null) {
      clauseOfExpression("GROUP BY ", select.groupBy());
      out.mark();
      expressions.write(select.groupBy());
    }
    if (select.orderBy() != null) {
      clause("ORDER BY ", select.orderBy().span());
      out.put(select.orderBy().name());
      out.put(select.orderBy().descending() ? " DESC " : "");
    }
    if (select.limit() != null) {
      clause("LIMIT ", select.limit().span());
      out.put(select.limit().rows() + " ");
    }
    if (select.groupBy() != null) {
      out.pop();
    }
  }

  /** Begins a clause; a comment after the keyword moves in front of it. */
  private void clause(String keyword, Span value) {
    out.line();
    comments(value.start());
    out.put(keyword);
  }

  /** Begins a clause; a comment after the keyword stays there. */
  private void clauseOfExpression(String keyword, Expr value) {
    out.line();
    comments(comments.tokenBefore(value.span().start()));
    out.put(keyword);
  }

  private void columns(Select select) {
    List<Column> columns = select.columns();
    if (select.star()) {
      out.put("*");
      if (!columns.isEmpty()) {
        out.put(",");
        out.put(" ");
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        separate(i, "");
        out.line();
      }
      Column column = columns.get(i);
      comments(column.span().start());
      if (column.value() instanceof Select query) {
        queryColumn(query, column);
      } else {
        boolean first = i == 0;
        choices.choose(column, () -> oneLine(column), () -> ownLine(column, first));
      }
    }
  }

  private void oneLine(Column column) {
    out.setBreaking(false);
    value(column);
  }

  private void ownLine(Column column, boolean first) {
    if (!out.atLineStart() && (column.alias() == null || !first)) {
      out.line();
    }
    value(column);
  }

  private void value(Column column) {
    if (column.star()) {
      out.put("*");
    } else {
      expressions.write((Expr) column.value());
    }
    alias(column);
  }

  private void alias(Column column) {
    if (column.alias() != null) {
      out.put(" AS ");
      out.put(column.alias());
    }
  }

  private void queryColumn(Select query, Column column) {
    out.put("{");
    out.put(" ");
    if (out.breaking()) {
      out.newLine(2);
      out.deeper();
      out.put("  ");
      select(query);
      out.line();
      comments(column.span().end());
      out.put("}");
      alias(column);
      out.pop();
      out.pop();
    } else {
      select(query);
      out.put(" }");
      alias(column);
    }
  }

  /** Writes the parentheses of a call. */
  void arguments(List<Argument> arguments, Span call) {
    boolean breaking = out.breaking();
    if (arguments.isEmpty()) {
      out.put("(");
      closeCall(call);
    } else {
      choices.choose(
          arguments,
          () -> argumentsInLine(arguments, call),
          () -> argumentLines(arguments, call, false),
          () -> argumentLines(arguments, call, true));
    }
    out.setBreaking(breaking);
  }

  private void argumentsInLine(List<Argument> arguments, Span call) {
    out.setBreaking(false);
    for (int i = 0; i < arguments.size(); i++) {
      separate(i, "(");
      argument(arguments.get(i));
    }
    closeCall(call);
  }

  private void argumentLines(List<Argument> arguments, Span call, boolean below) {
    out.put("(");
    if (below) {
      out.deeper();
      out.line();
    } else {
      out.mark();
    }
    for (int i = 0; i < arguments.size(); i++) {
      if (i > 0) {
        separate(i, "");
        out.line();
      }
      argument(arguments.get(i));
    }
    closeCall(call);
    out.pop();
  }

  private void closeCall(Span call) {
    commentsBeforeEnd(call);
    out.put(")");
  }

  private void argument(Argument argument) {
    int start = argument.span().start();
    if (comments.pendingBefore(start)) {
      // The rest of the call may break its lines then.
      out.setBreaking(true);
      comments(start);
    }
    named(argument.name(), argument.value());
  }

  private void named(String name, ArgumentValue value) {
    if (out.position() > WRAP_COLUMN) {
      out.line();
    }
    out.put(name);
    argumentValue(value);
  }

  private void argumentValue(ArgumentValue value) {
    if (value instanceof Select select) {
      queryArgument(select);
    } else if (value instanceof ArgumentValue.Brackets brackets) {
      out.put("=[");
      if (brackets.content() != null) {
        expressions.write(brackets.content());
      }
      commentsBeforeEnd(brackets.span());
      out.put("]");
    } else {
      out.put("=");
      expressions.write((Expr) value);
    }
  }

  private void queryArgument(Select select) {
    out.put("={");
    if (out.breaking()) {
      out.newLine(2);
      out.deeper();
      out.put("  ");
      select(select);
      out.pop();
      out.line();
      out.put("}");
      out.pop();
    } else {
      out.put(" ");
      select(select);
      out.put(" }");
    }
  }
}
