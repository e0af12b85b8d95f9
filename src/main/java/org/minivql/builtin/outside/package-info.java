/**
 * What reaches beyond this process: HTTP requests, mails and programs of the host.
 *
 * <p>Uses {@code spi}, {@code value} and {@code accessor}. Everything asks {@link
 * org.minivql.spi.Effects} first; recorded effects answer as if they had succeeded.
 */
@NullUnmarked
package org.minivql.builtin.outside;

import org.jspecify.annotations.NullUnmarked;
