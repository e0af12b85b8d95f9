package org.minivql.syntax.tree;

/**
 * One column of a {@code SELECT}.
 *
 * @param span the place
 * @param value an {@link Expr}, a {@link Select} (written in braces), or null for a {@code *}
 * @param alias the alias token as written, or null
 */
public record Column(Span span, Node value, String alias) implements Node {
  /** Whether it is a {@code *}. */
  public boolean star() {
    return value == null;
  }
}
