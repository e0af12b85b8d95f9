/**
 * Queries about queries: running them together, holding rows back, remembering values, saying
 * something in the log.
 *
 * <p>Uses {@code spi}, {@code value} and {@code format}. What has to go on beside the query runs on
 * the engine's {@link org.minivql.spi.Workers}; nothing here starts a thread or holds rows without
 * a bound.
 */
@NullUnmarked
package org.minivql.builtin.control;

import org.jspecify.annotations.NullUnmarked;
