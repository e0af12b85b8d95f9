/**
 * The fleet directory: the layout that people write by hand and that imports are written in.
 *
 * <p>Uses {@code source} and {@code layout}. The entry types are {@link
 * org.minivql.fleet.directory.FleetDirectory}, which reads one, and {@code FleetWriter}. A new file
 * of the layout is read by a class here and named in {@code Strays}, which tells the files of no
 * known kind.
 */
@NullUnmarked
package org.minivql.fleet.directory;

import org.jspecify.annotations.NullUnmarked;
