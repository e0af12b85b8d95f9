/**
 * Tests: fleets with expectations, and queries with their output in golden files.
 *
 * <p>Uses {@code play} and the fleet directory. The entry type is {@link
 * org.minivql.fleet.expect.FleetTests}. A new expectation is a member of {@code Expectations}, a
 * check in {@code Checks}, and what is true in {@code Outcome}.
 */
@NullUnmarked
package org.minivql.fleet.expect;

import org.jspecify.annotations.NullUnmarked;
