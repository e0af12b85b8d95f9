/**
 * The commands that play fleets: plan, diff, why, test, and fleet itself.
 *
 * <p>Uses {@code command}, {@code io} and {@code engine}. Each command is one class; {@link
 * org.minivql.cli.fleet.Fleets} opens the fleet that is named.
 */
@NullUnmarked
package org.minivql.cli.fleet;

import org.jspecify.annotations.NullUnmarked;
