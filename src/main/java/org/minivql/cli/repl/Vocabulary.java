package org.minivql.cli.repl;

import java.util.Collection;
import java.util.List;
import org.minivql.spi.Signature;

/**
 * The names that an engine and its session know: what the shell suggests and documents.
 *
 * @since 0.1.0
 */
public interface Vocabulary {
  /** The names of the functions. */
  Collection<String> functions();

  /** The names of the plugins. */
  Collection<String> plugins();

  /** The declaration of a function, or null. */
  Signature function(String name);

  /** The declaration of a plugin, or of an artifact as {@code Artifact.Name}, or null. */
  Signature plugin(String name);

  /**
   * The columns of what can stand after FROM, as far as they are known.
   *
   * @param source the name of a plugin, a definition, or an artifact as {@code Artifact.Name}
   */
  default Collection<String> columns(String source) {
    Signature plugin = plugin(source);
    return plugin == null ? List.of() : plugin.columns();
  }

  /** The names of the artifacts. */
  Collection<String> artifacts();

  /** The names of the variables and definitions so far. */
  Collection<String> variables();
}
