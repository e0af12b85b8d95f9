/**
 * Readers and writers of outside formats: JSON, JSONL, CSV, tables, YAML.
 *
 * <p>Uses {@code value} and Jackson's streaming core; knows values, not queries. Rows leave through
 * a {@link org.minivql.format.RowWriter}.
 */
@NullUnmarked
package org.minivql.format;

import org.jspecify.annotations.NullUnmarked;
