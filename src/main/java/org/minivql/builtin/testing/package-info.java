/**
 * Hooks for tests of queries: replacing functions, plugins and artifacts, setting the clock,
 * reading the log.
 *
 * <p>Uses {@code spi}, {@code value} and the references of {@code artifact}. A host that runs tests
 * gives the engine one {@link org.minivql.builtin.testing.TestContext} a run; without it every hook
 * says that no test is running.
 */
@NullUnmarked
package org.minivql.builtin.testing;

import org.jspecify.annotations.NullUnmarked;
