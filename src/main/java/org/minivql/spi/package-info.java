/**
 * What the author of a function or plugin sees.
 *
 * <p>Uses {@code value} only. A builtin is a static method annotated with {@link
 * org.minivql.spi.VqlFunction} or {@link org.minivql.spi.VqlPlugin}; the build turns the
 * declarations of each package into a {@link org.minivql.spi.Catalog}. Add a builtin in the topic
 * file of {@code builtin} where one would look for it.
 */
@NullUnmarked
package org.minivql.spi;

import org.jspecify.annotations.NullUnmarked;
