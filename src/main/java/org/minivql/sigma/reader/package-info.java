/**
 * Rules as YAML with the place of each member, and what is wrong with them.
 *
 * <p>Uses {@code format}. The entry type is {@link org.minivql.sigma.reader.LocatedYaml}; what is
 * wrong is a {@link org.minivql.sigma.reader.RuleException} or, where the rule still works, a note.
 */
@NullUnmarked
package org.minivql.sigma.reader;

import org.jspecify.annotations.NullUnmarked;
