/**
 * What a server knows: clients with their labels and metadata, flows and their results, hunts,
 * event queues and event tables.
 *
 * <p>Uses {@code value}, {@code spi} and {@code format}. The entry type is {@link
 * org.minivql.registry.ServerModel}, which a host hands to the engine as a service; builtins reach
 * it through {@link org.minivql.registry.Access}. State is kept behind {@link
 * org.minivql.registry.store.Store}, recorded flows and events are read through {@link
 * org.minivql.registry.flow.Recorded}. Every change goes through the {@link
 * org.minivql.registry.event.ChangeLog}, every surprise of the real server through {@link
 * org.minivql.registry.event.Quirks}.
 */
@NullUnmarked
package org.minivql.registry;

import org.jspecify.annotations.NullUnmarked;
