/**
 * What exists while a query runs: frames and their layouts, aggregate contexts, cancellation, the
 * log.
 *
 * <p>Uses {@code value} and {@code spi}. The entry types are {@link
 * org.minivql.runtime.QueryContext} (one a run) and {@link org.minivql.runtime.Frame} (the scope).
 * All state of a run hangs on its context; nothing is static or bound to a thread.
 */
@NullUnmarked
package org.minivql.runtime;

import org.jspecify.annotations.NullUnmarked;
