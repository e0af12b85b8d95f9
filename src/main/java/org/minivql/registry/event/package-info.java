/**
 * What happens on a server: events in their queues, the rules that watch them, and on whose behalf
 * something is done.
 *
 * <p>Uses {@code value} and {@code spi}. The entry type is {@link
 * org.minivql.registry.event.EventBus}; every change is written to the {@link
 * org.minivql.registry.event.ChangeLog}, every surprise of the real server to {@link
 * org.minivql.registry.event.Quirks}.
 */
@NullUnmarked
package org.minivql.registry.event;

import org.jspecify.annotations.NullUnmarked;
