/**
 * Regular expressions of the language on byte strings, each in time linear to its input.
 *
 * <p>Uses {@code value} and the regular expression library, which it hides. The entry type is
 * {@link org.minivql.value.regex.Regexes}.
 */
@NullUnmarked
package org.minivql.value.regex;

import org.jspecify.annotations.NullUnmarked;
