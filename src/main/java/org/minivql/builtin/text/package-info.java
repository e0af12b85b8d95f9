/**
 * Functions about text: case, pieces, formatting, regular expressions.
 *
 * <p>Uses {@code spi}, {@code value} and {@code format}. Add a builtin in the topic file where one
 * would look for it.
 */
@NullUnmarked
package org.minivql.builtin.text;

import org.jspecify.annotations.NullUnmarked;
