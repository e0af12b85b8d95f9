/**
 * Points in time as values: read, printed with layouts, and their members.
 *
 * <p>Uses {@code value}. The entry type is {@link org.minivql.value.time.Times}; the value itself
 * is {@link org.minivql.value.Timestamp}.
 */
@NullUnmarked
package org.minivql.value.time;

import org.jspecify.annotations.NullUnmarked;
