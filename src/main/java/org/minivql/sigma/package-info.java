/**
 * Sigma rules: read from YAML, compiled once, matched against events.
 *
 * <p>Uses values, the shapes of formats and nothing of the language. The entry type is {@link
 * org.minivql.sigma.RuleSet}. A rule is immutable once it is read; what an event makes of it is in
 * {@code EventView}. Rules behave as on the server, with its deviations from the standard, unless
 * {@link org.minivql.sigma.Options#standard()} is set. A new modifier goes into {@code Modifiers}.
 */
@NullUnmarked
package org.minivql.sigma;

import org.jspecify.annotations.NullUnmarked;
