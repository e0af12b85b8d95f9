/**
 * What can be said about a program without running it.
 *
 * <p>Uses {@code syntax} and {@code spi}. The entry type is {@link org.minivql.analysis.Checker}.
 * Only what is certain is an error; what looks wrong is a warning. A new rule is a method of {@code
 * Calls} or {@code Traps} and an entry in {@link org.minivql.analysis.Finding.Rule}.
 */
@NullUnmarked
package org.minivql.analysis;

import org.jspecify.annotations.NullUnmarked;
