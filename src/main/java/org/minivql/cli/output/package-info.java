/**
 * Rows on their way out: what the commands and the shell share.
 *
 * <p>Uses {@code value}, {@code format} and the front door. The entry type is {@link
 * org.minivql.cli.output.RowPrinter}.
 */
@NullUnmarked
package org.minivql.cli.output;

import org.jspecify.annotations.NullUnmarked;
