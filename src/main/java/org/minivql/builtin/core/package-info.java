/**
 * The functions and plugins of the bare language.
 *
 * <p>Uses {@code spi} and {@code value}. Each topic is a file. The other builtin packages may
 * replace a name of this one with a richer version.
 */
@NullUnmarked
package org.minivql.builtin.core;

import org.jspecify.annotations.NullUnmarked;
