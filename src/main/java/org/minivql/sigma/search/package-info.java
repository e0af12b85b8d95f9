/**
 * Searches of a rule: fields, modifiers and values compiled to tests of an event, and the texts by
 * which rules are found that can match at all.
 *
 * <p>Uses {@code event} and {@code reader}. The entry type is {@link
 * org.minivql.sigma.search.SearchCompiler}. A new modifier goes into {@code Modifiers}.
 */
@NullUnmarked
package org.minivql.sigma.search;

import org.jspecify.annotations.NullUnmarked;
