/**
 * The syntax tree: immutable records with places.
 *
 * <p>Uses the JDK only. The entry type is {@link org.minivql.syntax.tree.Program}. Equality ignores
 * places. A new construct is a record here, a rule in the grammar, and a line in the builder and in
 * the printer of {@code org.minivql.syntax}.
 */
@NullUnmarked
package org.minivql.syntax.tree;

import org.jspecify.annotations.NullUnmarked;
