/**
 * What commands read and write: files named on the command line, output files, the log, progress.
 *
 * <p>Uses {@code command}. Only here is a file of the command line opened; errors name it as it was
 * given.
 */
@NullUnmarked
package org.minivql.cli.io;

import org.jspecify.annotations.NullUnmarked;
