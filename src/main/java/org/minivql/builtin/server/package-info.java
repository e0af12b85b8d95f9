/**
 * The functions and plugins that work on a server: clients, labels, metadata, flows, hunts, events
 * and event tables.
 *
 * <p>Uses {@code spi}, {@code value} and {@code registry}. Each body asks {@link
 * org.minivql.registry.Access} for the server, which also checks permissions; what a call means is
 * in {@code registry}.
 */
@NullUnmarked
package org.minivql.builtin.server;

import org.jspecify.annotations.NullUnmarked;
