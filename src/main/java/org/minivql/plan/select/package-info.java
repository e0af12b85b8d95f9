/**
 * Queries: sources of rows and the stages through which rows are pushed, from the source to the
 * sink.
 *
 * <p>Uses {@code node} and what that uses. The entry type is {@link
 * org.minivql.plan.select.SelectNode}. A stage answers whether it wants more rows; a new clause is
 * a stage there.
 */
@NullUnmarked
package org.minivql.plan.select;

import org.jspecify.annotations.NullUnmarked;
