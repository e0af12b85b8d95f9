/**
 * The interactive shell.
 *
 * <p>The entry type is {@link org.minivql.cli.repl.Repl}, which an application can embed with its
 * own engine. What to suggest and whether a statement is complete are decided without a terminal;
 * {@code Repl} and the classes named after what they give the line editor are the only ones that
 * know JLine.
 */
@NullUnmarked
package org.minivql.cli.repl;

import org.jspecify.annotations.NullUnmarked;
