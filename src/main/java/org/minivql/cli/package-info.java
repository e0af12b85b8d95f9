/**
 * The command line {@code vql}.
 *
 * <p>On top of everything; the only package that ends the process or knows standard output. A
 * {@link org.minivql.cli.Command} declares its options in a {@link org.minivql.cli.Spec}; that
 * declaration drives parsing, error messages, help and completion. Parsing is our own because it
 * lies on the start path of every run; help pages and completion scripts are drawn by picocli,
 * which is loaded for them only. A new command is one class and one line in {@code Root}.
 */
@NullUnmarked
package org.minivql.cli;

import org.jspecify.annotations.NullUnmarked;
