package org.minivql.spi;

import java.util.List;

/**
 * A group of builtins, found by name. The build generates one for each package of declarations; a
 * host builds its own with {@link HostCatalog}. Nothing of a builtin is loaded before it is asked
 * for.
 *
 * @since 0.1.0
 */
public interface Catalog {
  /** The names of the functions, sorted. */
  List<String> functions();

  /** The names of the plugins, sorted. */
  List<String> plugins();

  /** The function of this exact name, or null. */
  Function function(String name);

  /** The plugin of this exact name, or null. */
  Plugin plugin(String name);

  /**
   * A function with its declaration.
   *
   * @param signature the declaration
   * @param body what it does
   */
  record Function(Signature signature, FunctionBody body) {}

  /**
   * A plugin with its declaration.
   *
   * @param signature the declaration
   * @param body what it does
   */
  record Plugin(Signature signature, PluginBody body) {}
}
