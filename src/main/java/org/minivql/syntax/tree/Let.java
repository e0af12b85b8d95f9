package org.minivql.syntax.tree;

import java.util.List;

/**
 * {@code LET name(parameters) = body}.
 *
 * @param span the place
 * @param name the name token as written, with its backticks
 * @param parameters the declared parameters; empty also for {@code X()}
 * @param materialized whether it is {@code <=}
 * @param body a {@link Select} or an {@link Expr}
 */
public record Let(
    Span span, String name, List<LetParameter> parameters, boolean materialized, Node body)
    implements Statement {
  /** Takes a copy of the list. */
  public Let {
    parameters = List.copyOf(parameters);
  }
}
