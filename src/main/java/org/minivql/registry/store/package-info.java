/**
 * Where the registry keeps its state: in memory, or on disk in one file of a folder, kept by an
 * embedded ordered map store.
 *
 * <p>Uses {@code value} and the store library, which nothing else knows. The entry types are {@link
 * org.minivql.registry.store.Store} and {@link org.minivql.registry.store.DurableStore}.
 */
@NullUnmarked
package org.minivql.registry.store;

import org.jspecify.annotations.NullUnmarked;
