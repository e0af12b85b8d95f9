/**
 * Text to syntax trees and back: parser, canonical text, formatter.
 *
 * <p>Uses the JDK, the tree and its own {@code antlr} package. The entry types are {@link
 * org.minivql.syntax.Parser}, {@link org.minivql.syntax.Printer} and {@link
 * org.minivql.syntax.Formatter}. Every problem of a text is a {@link
 * org.minivql.syntax.SyntaxException}; nothing else is thrown for any text. Canonical texts parse
 * to the tree they were printed from. A new construct needs a line in {@code Printer} and one in
 * {@code Layout}.
 */
@NullUnmarked
package org.minivql.syntax;

import org.jspecify.annotations.NullUnmarked;
