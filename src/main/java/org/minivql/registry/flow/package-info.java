/**
 * Flows and what they leave behind: result sets, uploads, notebooks and stored events.
 *
 * <p>Uses {@code record}, {@code event}, {@code store} and {@code client}. The entry types are
 * {@link org.minivql.registry.flow.Flows} and {@link org.minivql.registry.flow.Results}; what was
 * recorded before the run is read through {@link org.minivql.registry.flow.Recorded}.
 */
@NullUnmarked
package org.minivql.registry.flow;

import org.jspecify.annotations.NullUnmarked;
