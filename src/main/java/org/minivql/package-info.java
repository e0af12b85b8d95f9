/**
 * The front door: all that an application needs to run VQL.
 *
 * <pre>{@code
 * Vql vql = Vql.builder().build();
 * Program program = vql.compile("SELECT _value * 2 AS V FROM range(end=3)");
 * try (Rows rows = program.rows(QueryOptions.defaults())) {
 *   rows.stream().forEach(row -> System.out.println(row.get("V")));
 * }
 * }</pre>
 *
 * <p>An engine ({@link org.minivql.Vql}) is immutable and thread-safe; a {@link
 * org.minivql.Program} is compiled once and run many times, also concurrently, each time with its
 * own {@link org.minivql.QueryOptions}.
 */
@NullUnmarked
package org.minivql;

import org.jspecify.annotations.NullUnmarked;
