package org.minivql.syntax.tree;

import java.util.List;

/**
 * {@code a, b => body}.
 *
 * @param span the place
 * @param parameters the parameter tokens as written
 * @param body the body
 */
public record Lambda(Span span, List<String> parameters, Expr body) implements Node {
  /** Takes a copy of the list. */
  public Lambda {
    parameters = List.copyOf(parameters);
  }
}
