/**
 * Binary data by description: structs of a profile, decoded where and when a query looks.
 *
 * <p>Uses {@code spi}, {@code value}, {@code accessor} and {@code format}. Files are read in pages;
 * what is decoded never exceeds the bounds of the profile.
 */
@NullUnmarked
package org.minivql.builtin.binary;

import org.jspecify.annotations.NullUnmarked;
