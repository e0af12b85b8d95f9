package org.minivql.value;

/**
 * {@code LET X = expression}: an expression that is evaluated wherever it is referenced.
 *
 * @since 0.1.0
 */
public interface StoredExpression {
  /** Evaluates the body in a scope without filling in default parameters. */
  Object evaluate(Scope scope);
}
