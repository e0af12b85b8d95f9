/**
 * Work on many items at the same time.
 *
 * <p>The entry type is {@link org.minivql.runtime.work.WorkerPool}. A {@code WorkerCall} offers the
 * items of its producer in an {@code ItemRing}; {@code WorkerThreads} take them from there, {@code
 * Crew} decides who of them is woken, and {@code Ticks} sees to it that nothing waits for an item
 * that turns out to be slow.
 */
@NullUnmarked
package org.minivql.runtime.work;

import org.jspecify.annotations.NullUnmarked;
