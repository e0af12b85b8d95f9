/**
 * Events as rules see them: fields, found once for all rules.
 *
 * <p>Uses {@code value}. The entry type is {@link org.minivql.sigma.event.EventView}.
 */
@NullUnmarked
package org.minivql.sigma.event;

import org.jspecify.annotations.NullUnmarked;
