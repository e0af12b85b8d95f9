/**
 * Functions that take a lambda: evaluation and quantifiers.
 *
 * <p>Uses {@code spi}, {@code value} and {@code format}. Add a builtin in the topic file where one
 * would look for it.
 */
@NullUnmarked
package org.minivql.builtin.lambda;

import org.jspecify.annotations.NullUnmarked;
