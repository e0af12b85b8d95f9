/**
 * Texts: what can be read off the queries of rules and off their logs, and how much of a value is
 * shown to people.
 *
 * <p>Uses {@code syntax}, {@code analysis} and {@code spi}; knows no fleet.
 */
@NullUnmarked
package org.minivql.fleet.text;

import org.jspecify.annotations.NullUnmarked;
