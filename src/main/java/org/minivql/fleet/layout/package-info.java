/**
 * What all layouts share: files of JSON lines and of YAML, names as parts of file names, times of
 * flows, and taking note of what is damaged.
 *
 * <p>Uses {@code source}, and no layout.
 */
@NullUnmarked
package org.minivql.fleet.layout;

import org.jspecify.annotations.NullUnmarked;
