package org.minivql.spi;

/**
 * One declared argument of a builtin.
 *
 * @param name the name in VQL
 * @param type what it accepts
 * @param required whether a call without it is an error
 * @param defaultValue the value, as text, where it is not given; empty for none
 * @param doc what it means
 * @since 0.1.0
 */
public record Parameter(
    String name, ArgType type, boolean required, String defaultValue, String doc) {}
