/**
 * What a command is: its declaration, a call of it, and what is drawn from the declaration.
 *
 * <p>A {@link org.minivql.cli.command.Command} declares its options in a {@link
 * org.minivql.cli.command.Spec}; that declaration drives parsing, error messages, help and
 * completion. Parsing is our own because it lies on the start path of every run; help pages are
 * drawn by picocli, which is loaded for them only.
 *
 * <p>Knows no single command; of the rest it uses only the spelling hints of {@code analysis}.
 */
@NullUnmarked
package org.minivql.cli.command;

import org.jspecify.annotations.NullUnmarked;
