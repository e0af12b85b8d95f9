/**
 * The datastore of a server: records, result sets, events and logs as a server keeps them.
 *
 * <p>Uses {@code source} and {@code layout}. The entry type is {@link
 * org.minivql.fleet.datastore.Datastore}. What is damaged is noted and left out. A record of a new
 * kind is described in {@code ProtoRecords}.
 */
@NullUnmarked
package org.minivql.fleet.datastore;

import org.jspecify.annotations.NullUnmarked;
