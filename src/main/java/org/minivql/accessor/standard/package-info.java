/**
 * The accessors a query can name.
 *
 * <p>Uses {@code accessor}, {@code open} and {@code zip}. The entry type is {@link
 * org.minivql.accessor.standard.StandardAccessors}: add an accessor as a class here and its name
 * there.
 */
@NullUnmarked
package org.minivql.accessor.standard;

import org.jspecify.annotations.NullUnmarked;
