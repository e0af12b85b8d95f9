/**
 * Text templates: the function {@code template()} and the language it understands.
 *
 * <p>Uses {@code spi}, {@code value} and {@code format}. The text becomes tokens, the tokens a tree
 * of {@code Node}, and {@code TemplateRun} writes the result. A new template function is a case in
 * {@code TemplateFunctions} or in the topic class it asks.
 */
@NullUnmarked
package org.minivql.builtin.template;

import org.jspecify.annotations.NullUnmarked;
