/**
 * The functions and plugins about artifact definitions.
 *
 * <p>Uses {@code spi}, {@code value}, {@code artifact} and {@code registry}. The definitions are
 * those of the service {@link org.minivql.artifact.Repository}; a repository that a query names
 * lives as long as the query.
 */
@NullUnmarked
package org.minivql.builtin.artifact;

import org.jspecify.annotations.NullUnmarked;
