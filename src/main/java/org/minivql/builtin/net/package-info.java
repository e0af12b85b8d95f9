/**
 * Functions about templates, URLs, addresses and names.
 *
 * <p>Uses {@code spi}, {@code value} and {@code format}. Add a builtin in the topic file where one
 * would look for it.
 */
@NullUnmarked
package org.minivql.builtin.net;

import org.jspecify.annotations.NullUnmarked;
