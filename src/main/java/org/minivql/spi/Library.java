package org.minivql.spi;

import java.util.List;

/**
 * The declarations of all builtins of an engine: a service for documentation and completion.
 *
 * @since 0.1.0
 */
public interface Library {
  /** The names of all functions, sorted. */
  List<String> functionNames();

  /** The names of all plugins, sorted. */
  List<String> pluginNames();

  /** The declaration of a function, or null. */
  Signature functionSignature(String name);

  /** The declaration of a plugin, or null. */
  Signature pluginSignature(String name);
}
