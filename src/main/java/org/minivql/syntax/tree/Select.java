package org.minivql.syntax.tree;

import java.util.List;

/**
 * {@code SELECT … FROM …}.
 *
 * @param span the place
 * @param explain whether {@code EXPLAIN} stands before it
 * @param star whether the column list begins with {@code *}
 * @param columns the columns after the leading star
 * @param from the plugin
 * @param where the condition, or null
 * @param groupBy the grouping expression, or null
 * @param orderBy the order, or null
 * @param limit the limit, or null
 */
public record Select(
    Span span,
    boolean explain,
    boolean star,
    List<Column> columns,
    PluginCall from,
    Expr where,
    Expr groupBy,
    OrderBy orderBy,
    Limit limit)
    implements Statement, ArgumentValue {
  /** Takes a copy of the list. */
  public Select {
    columns = List.copyOf(columns);
  }

  /**
   * {@code ORDER BY name [DESC]}.
   *
   * @param span the place of the name
   * @param name the name token as written
   * @param descending whether {@code DESC} follows
   */
  public record OrderBy(Span span, String name, boolean descending) {}

  /**
   * {@code LIMIT n}.
   *
   * @param span the place of the number
   * @param rows the number; zero and negative ones are kept
   */
  public record Limit(Span span, long rows) {}
}
