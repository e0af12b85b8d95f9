/**
 * What the accessors share when they open something: the host's own files, how many may be open at
 * a time, and paths that name a file within another.
 *
 * <p>Uses {@code accessor}. The entry types are {@link org.minivql.accessor.open.HostFiles} and
 * {@link org.minivql.accessor.open.Container}.
 */
@NullUnmarked
package org.minivql.accessor.open;

import org.jspecify.annotations.NullUnmarked;
