package org.minivql.plan.select;

import java.util.stream.Collectors;
import org.minivql.syntax.Printer;
import org.minivql.syntax.tree.Select;

/** The texts of the clauses of a query, for those who read its plan. */
public final class Clauses {
  private final Select tree;
  private final LazyText select;

  public Clauses(Select tree) {
    this.tree = tree;
    this.select = new LazyText(() -> Printer.text(tree));
  }

  /** The whole query. */
  String select() {
    return select.get();
  }

  String from() {
    return "FROM " + Printer.text(tree.from());
  }

  String where() {
    return "WHERE " + Printer.text(tree.where());
  }

  String columns() {
    String columns = tree.columns().stream().map(Printer::text).collect(Collectors.joining(", "));
    String star = tree.star() ? columns.isEmpty() ? "*" : "*, " : "";
    return "SELECT " + star + columns;
  }

  String groupBy() {
    return columns() + " GROUP BY " + Printer.text(tree.groupBy());
  }

  String orderBy() {
    return "ORDER BY " + tree.orderBy().name() + (tree.orderBy().descending() ? " DESC" : "");
  }

  String limit() {
    return "LIMIT " + tree.limit().rows();
  }
}
