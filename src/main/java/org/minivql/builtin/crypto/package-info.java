/**
 * Digests and keystreams.
 *
 * <p>Uses {@code spi}, {@code value} and {@code accessor}. Add a builtin in the topic file where
 * one would look for it.
 */
@NullUnmarked
package org.minivql.builtin.crypto;

import org.jspecify.annotations.NullUnmarked;
