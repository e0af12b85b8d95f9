/**
 * What the operators of the language mean for each pair of operands.
 *
 * <p>Uses {@code value}, {@code time} and {@code text}. The entry type is {@link
 * org.minivql.value.operator.StandardOperators}, whose protocols an application can add to.
 */
@NullUnmarked
package org.minivql.value.operator;

import org.jspecify.annotations.NullUnmarked;
