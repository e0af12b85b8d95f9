/**
 * How VQL sees files: paths, accessors and the rows that describe a file.
 *
 * <p>Uses {@code value}, {@code spi} and the JSON of {@code format}. The entry type is {@link
 * org.minivql.accessor.Accessors}, the service a builtin asks for an accessor by name. No accessor
 * reads outside the folders it was given. Accessors themselves are in {@code standard} and {@code
 * zip}.
 */
@NullUnmarked
package org.minivql.accessor;

import org.jspecify.annotations.NullUnmarked;
