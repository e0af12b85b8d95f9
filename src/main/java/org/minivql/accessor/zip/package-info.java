/**
 * Archives as folders: members are read in place, also of archives within archives and encrypted
 * ones.
 *
 * <p>Uses {@code accessor} and {@code open}. The entry type is {@link
 * org.minivql.accessor.zip.ZipContent}; what may be open at a time is kept by {@code ZipArchives}.
 */
@NullUnmarked
package org.minivql.accessor.zip;

import org.jspecify.annotations.NullUnmarked;
