/**
 * Expressions as a tree of nodes: each evaluates itself in a frame.
 *
 * <p>Uses {@code runtime}, {@code spi}, {@code syntax} and {@code value}. The entry type is {@link
 * org.minivql.plan.node.ExprNode}. A node remembers the few layouts it met and falls back to the
 * general lookup.
 */
@NullUnmarked
package org.minivql.plan.node;

import org.jspecify.annotations.NullUnmarked;
