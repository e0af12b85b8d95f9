/**
 * Fleets: recorded or simulated clients, what happens to them, and what rules make of it.
 *
 * <p>Sits on top of the engine, {@code registry} and {@code artifact}; only the command line is
 * above it. The entry types are {@link org.minivql.fleet.Fleets} (opens a fleet of any layout) and
 * {@link org.minivql.fleet.DryRun} (what a set of rules would change in it). A fleet is read as a
 * stream and never written to. The same fleet gives the same bytes: time is virtual and ids come
 * from counters.
 *
 * <p>Here are the doors; the packages below know nothing of them. {@code source} says what a fleet
 * is; {@code directory}, {@code datastore} and {@code archive} read one each from its layout, with
 * what {@code layout} has for all; {@code play} plays it, with {@code text} for the texts of its
 * rules, and gives a {@code plan}; {@code expect} compares what happened with what should.
 */
@NullUnmarked
package org.minivql.fleet;

import org.jspecify.annotations.NullUnmarked;
