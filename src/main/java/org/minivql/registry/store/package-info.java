/**
 * The registry on disk: one file in a folder, kept by an embedded ordered map store.
 *
 * <p>Uses {@code registry}, {@code value} and the store library, which nothing else knows. The
 * entry type is {@link org.minivql.registry.store.DurableStore}.
 */
@NullUnmarked
package org.minivql.registry.store;

import org.jspecify.annotations.NullUnmarked;
