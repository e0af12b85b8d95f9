/**
 * Values as text: verbs of {@code format()}, JSON, and what a value looks like in a log line.
 *
 * <p>Uses {@code value} and {@code time}. The entry types are {@link
 * org.minivql.value.text.GoFormat} and {@link org.minivql.value.text.JsonText}.
 */
@NullUnmarked
package org.minivql.value.text;

import org.jspecify.annotations.NullUnmarked;
