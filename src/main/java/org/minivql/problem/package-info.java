/** The errors that people meet: an id for each, what causes it and what to do. */
@NullUnmarked
package org.minivql.problem;

import org.jspecify.annotations.NullUnmarked;
