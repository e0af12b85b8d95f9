/**
 * Sigma rules: read from YAML, compiled once, matched against events.
 *
 * <p>Uses values, the shapes of formats and nothing of the language. The entry type is {@link
 * org.minivql.sigma.RuleSet}. A rule is immutable once it is read; what an event makes of it is in
 * {@link org.minivql.sigma.event.EventView}. Rules behave as on the server, with its deviations
 * from the standard, unless {@link org.minivql.sigma.Options#standard()} is set.
 */
@NullUnmarked
package org.minivql.sigma;

import org.jspecify.annotations.NullUnmarked;
