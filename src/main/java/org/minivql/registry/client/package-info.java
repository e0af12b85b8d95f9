/**
 * Clients, their labels and metadata, and how they are found.
 *
 * <p>Uses {@code record}, {@code event} and {@code store}. The entry types are {@link
 * org.minivql.registry.client.Clients}, {@link org.minivql.registry.client.Labels} and {@link
 * org.minivql.registry.client.Metadata}. The index of searches is rebuilt from the store and kept
 * by every change.
 */
@NullUnmarked
package org.minivql.registry.client;

import org.jspecify.annotations.NullUnmarked;
