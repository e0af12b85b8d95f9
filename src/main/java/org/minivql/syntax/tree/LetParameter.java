package org.minivql.syntax.tree;

/**
 * A parameter of a {@code LET}.
 *
 * @param span the place
 * @param name the name token as written
 * @param defaultValue the default, or null
 */
public record LetParameter(Span span, String name, ArgumentValue defaultValue) {}
