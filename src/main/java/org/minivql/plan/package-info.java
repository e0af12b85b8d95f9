/**
 * The compiled form of programs: a tree of small immutable nodes, and the compiler that makes it.
 *
 * <p>Uses {@code syntax}, {@code runtime}, {@code spi} and {@code value}. The entry type is {@link
 * org.minivql.plan.Compiler}; expressions are in {@code node}, queries in {@code select}. Nodes
 * hold no state of a run except caches that any run may overwrite, so a plan is shared between
 * threads. Every optimisation lives here.
 */
@NullUnmarked
package org.minivql.plan;

import org.jspecify.annotations.NullUnmarked;
