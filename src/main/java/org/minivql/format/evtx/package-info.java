/**
 * Windows event logs: the binary file format, read into rows.
 *
 * <p>Uses values only. The entry type is {@link org.minivql.format.evtx.Evtx}. A log is read one
 * chunk of 64 KiB at a time; whatever the bytes are, reading ends and reports what it could not
 * read through {@link org.minivql.format.evtx.Problems}. A new value type goes into {@code
 * Scalars}.
 */
@NullUnmarked
package org.minivql.format.evtx;

import org.jspecify.annotations.NullUnmarked;
