/**
 * Patterns of file names and the search for files that match them.
 *
 * <p>Uses {@code accessor}. The entry type is {@link org.minivql.accessor.glob.GlobSearch}.
 */
@NullUnmarked
package org.minivql.accessor.glob;

import org.jspecify.annotations.NullUnmarked;
