package org.minivql.syntax.tree;

/**
 * A named argument.
 *
 * @param span the place
 * @param name the name token as written
 * @param value the value
 */
public record Argument(Span span, String name, ArgumentValue value) implements Node {}
