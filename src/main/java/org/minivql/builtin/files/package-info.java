/**
 * Paths, files and what can be done with them.
 *
 * <p>Uses {@code spi}, {@code value} and {@code accessor}. Reading goes through an accessor;
 * whatever changes a file asks {@link org.minivql.spi.Effects} first.
 */
@NullUnmarked
package org.minivql.builtin.files;

import org.jspecify.annotations.NullUnmarked;
