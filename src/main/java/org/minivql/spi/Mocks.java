package org.minivql.spi;

/**
 * Replacements of functions and plugins while a test runs: a service that the engine asks for each
 * call before it looks at its catalogs. Names are exact; a plugin behind a dotted name is asked for
 * by its whole name, {@code Artifact.Generic.Client.Info}.
 *
 * <p>What is answered has an open signature without parameters, so no argument is refused. A
 * function gets no arguments: they are not even evaluated.
 *
 * @since 0.1.0
 */
public interface Mocks {
  /** The replacement of a function, or null. */
  Catalog.Function function(String name);

  /** The replacement of a plugin, or null. */
  Catalog.Plugin plugin(String name);
}
