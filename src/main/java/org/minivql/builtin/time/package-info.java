/**
 * Functions about time: now, reading and printing dates.
 *
 * <p>Uses {@code spi}, {@code value} and {@code format}. Add a builtin in the topic file where one
 * would look for it.
 */
@NullUnmarked
package org.minivql.builtin.time;

import org.jspecify.annotations.NullUnmarked;
