/**
 * Measures the engine beside loops written by hand. Not part of the product and not run by the
 * tests: {@code mvn -Pbench verify}. The entry type is {@link org.minivql.bench.Main}.
 */
@NullUnmarked
package org.minivql.bench;

import org.jspecify.annotations.NullUnmarked;
