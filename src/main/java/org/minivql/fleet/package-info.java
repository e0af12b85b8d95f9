/**
 * Fleets: recorded or simulated clients, what happens to them, and what rules make of it.
 *
 * <p>Sits on top of the engine, {@code registry} and {@code artifact}; only the command line is
 * above it. The entry types are {@link org.minivql.fleet.FleetSource} (a fleet of any layout) and
 * {@link org.minivql.fleet.DryRun} (what a set of rules would change in it). A fleet is read as a
 * stream and never written to. The same fleet gives the same bytes: time is virtual and ids come
 * from counters. A new layout is another implementation of {@code FleetSource}.
 */
@NullUnmarked
package org.minivql.fleet;

import org.jspecify.annotations.NullUnmarked;
