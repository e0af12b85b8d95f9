/**
 * The forms of the records that a server keeps and sends, and how they become rows: which members,
 * in which order, with which zero values and units of time.
 *
 * <p>Uses {@code value} and {@code format}. The entry types are {@link
 * org.minivql.registry.record.Form} and, for the forms themselves, {@link
 * org.minivql.registry.record.Forms}. A new kind of record is one form there.
 */
@NullUnmarked
package org.minivql.registry.record;

import org.jspecify.annotations.NullUnmarked;
