/**
 * The command line {@code vql}.
 *
 * <p>On top of everything; the only package that ends the process or knows standard output. A new
 * command is one class, a {@link org.minivql.cli.command.Command}, and one line in {@code Root}.
 */
@NullUnmarked
package org.minivql.cli;

import org.jspecify.annotations.NullUnmarked;
