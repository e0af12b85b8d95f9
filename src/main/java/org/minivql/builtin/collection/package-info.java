/**
 * Functions about dicts, lists and the values in them.
 *
 * <p>Uses {@code spi}, {@code value} and {@code format}. Add a builtin in the topic file where one
 * would look for it.
 */
@NullUnmarked
package org.minivql.builtin.collection;

import org.jspecify.annotations.NullUnmarked;
