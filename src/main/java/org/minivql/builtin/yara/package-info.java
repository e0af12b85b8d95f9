/** YARA rules over files. Declares builtins over {@code yara} and the accessors. */
@NullUnmarked
package org.minivql.builtin.yara;

import org.jspecify.annotations.NullUnmarked;
