/**
 * What the default profile adds to the operators of the language, one protocol a family of
 * operands.
 *
 * <p>Uses {@code value} only. A new rule is a class here and a line in {@code Profile}.
 */
@NullUnmarked
package org.minivql.protocol;

import org.jspecify.annotations.NullUnmarked;
