package org.minivql.syntax.tree;

/** What follows a value: a member, an index or a slice. */
public sealed interface Accessor extends Node {
  /**
   * {@code .name}.
   *
   * @param span the place
   * @param name the name token as written
   */
  record Member(Span span, String name) implements Accessor {}

  /**
   * {@code [index]}; {@code []} has no index.
   *
   * @param span the place
   * @param index the index, or null
   */
  record Index(Span span, Expr index) implements Accessor {}

  /**
   * {@code [from:to]}.
   *
   * @param span the place
   * @param from the lower bound, or null
   * @param to the upper bound, or null
   */
  record Slice(Span span, Expr from, Expr to) implements Accessor {}
}
