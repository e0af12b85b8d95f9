/**
 * Functions that turn bytes and values into other encodings and back.
 *
 * <p>Uses {@code spi}, {@code value} and {@code format}. Add a builtin in the topic file where one
 * would look for it.
 */
@NullUnmarked
package org.minivql.builtin.encoding;

import org.jspecify.annotations.NullUnmarked;
