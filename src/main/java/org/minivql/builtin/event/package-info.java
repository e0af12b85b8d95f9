/**
 * Plugins that wait for something to happen.
 *
 * <p>Uses {@code spi}, {@code value} and {@code accessor}. They wait with the scope's {@code
 * pause}, so that a cancelled query ends at once and a bench can play time forward.
 */
@NullUnmarked
package org.minivql.builtin.event;

import org.jspecify.annotations.NullUnmarked;
