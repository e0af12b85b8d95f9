/**
 * The world in which a fleet is played: a server with its clients, the rules that run there, the
 * script, and the notes taken of it all.
 *
 * <p>Uses the engine, all layouts, {@code plan} and {@code text}. The entry types are {@link
 * org.minivql.fleet.play.Rehearsal} (rules installed in a fleet) and {@link
 * org.minivql.fleet.play.World}, which belongs to one run. Time is virtual, ids come from counters,
 * and rules run one after the other: the same fleet gives the same bytes.
 */
@NullUnmarked
package org.minivql.fleet.play;

import org.jspecify.annotations.NullUnmarked;
