/**
 * What a fleet is, wherever it comes from.
 *
 * <p>Uses {@code artifact}, {@code registry} and {@code value}. The entry type is {@link
 * org.minivql.fleet.source.FleetSource}; a new layout is another implementation of it, in a package
 * of its own.
 */
@NullUnmarked
package org.minivql.fleet.source;

import org.jspecify.annotations.NullUnmarked;
