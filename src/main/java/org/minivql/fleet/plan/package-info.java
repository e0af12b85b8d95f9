/**
 * What rules would change in a fleet, as values and as JSON.
 *
 * <p>Uses {@code registry}, {@code format} and {@code value}. The entry type is {@link
 * org.minivql.fleet.plan.Plan}.
 */
@NullUnmarked
package org.minivql.fleet.plan;

import org.jspecify.annotations.NullUnmarked;
