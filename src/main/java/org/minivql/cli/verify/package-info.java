/**
 * The command that checks programs and definitions without running them.
 *
 * <p>Uses {@code command}, {@code io} and {@code engine}. The entry type is {@link
 * org.minivql.cli.verify.VerifyCommand}.
 */
@NullUnmarked
package org.minivql.cli.verify;

import org.jspecify.annotations.NullUnmarked;
