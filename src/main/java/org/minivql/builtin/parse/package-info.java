/**
 * Text and structured data to rows and values: JSON, CSV, lines, records, XML, YAML, grok, SQLite.
 *
 * <p>Uses {@code spi}, {@code value}, {@code accessor} and {@code format}. Files are read as
 * streams; a row is gone once it was handed on.
 */
@NullUnmarked
package org.minivql.builtin.parse;

import org.jspecify.annotations.NullUnmarked;
