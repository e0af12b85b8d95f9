/**
 * Archives of offline collectors: as a fleet of their own, and laid over a fleet that imports them.
 *
 * <p>Uses {@code source} and {@code layout}; of {@code datastore} the forms in which a server keeps
 * records and logs, which collectors write, too; of {@code directory} the places of what is copied.
 * The entry type is {@link org.minivql.fleet.archive.CollectorArchives}.
 */
@NullUnmarked
package org.minivql.fleet.archive;

import org.jspecify.annotations.NullUnmarked;
