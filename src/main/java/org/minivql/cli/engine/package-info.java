/**
 * From options of the command line to an engine and a run of programs in it.
 *
 * <p>Uses {@code command}, {@code io} and {@code output}. The entry types are {@link
 * org.minivql.cli.engine.EngineOptions} and {@link org.minivql.cli.engine.ProgramRun}.
 */
@NullUnmarked
package org.minivql.cli.engine;

import org.jspecify.annotations.NullUnmarked;
