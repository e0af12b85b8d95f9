/**
 * Text to trees: the generated lexer and parser, and what they lean on.
 *
 * <p>The only package that knows ANTLR; uses the JDK and the syntax tree besides. The entry type is
 * {@link org.minivql.syntax.antlr.ProgramReader}; nothing of ANTLR appears in its signatures. The
 * grammar is one-token lookahead throughout, which a test checks; a construct that needs more is
 * told apart in {@link org.minivql.syntax.antlr.BaseLexer}.
 */
@NullUnmarked
package org.minivql.syntax.antlr;

import org.jspecify.annotations.NullUnmarked;
