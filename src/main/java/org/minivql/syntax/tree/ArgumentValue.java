package org.minivql.syntax.tree;

/** The value of an argument: an {@link Expr}, a {@link Select} in braces, or {@link Brackets}. */
public sealed interface ArgumentValue extends Node permits Expr, Select, ArgumentValue.Brackets {
  /**
   * {@code [ … ]}.
   *
   * @param span the place
   * @param content what stands inside (a comma list is an {@link Expr.CommaList}), or null for
   *     {@code []}
   */
  record Brackets(Span span, Expr content) implements ArgumentValue {}
}
