package org.minivql.cli.repl;

import java.util.Collection;
import org.minivql.spi.Signature;

/** The names that an engine and its session know: what the shell suggests and documents. */
public interface Vocabulary {
  /** The names of the functions. */
  Collection<String> functions();

  /** The names of the plugins. */
  Collection<String> plugins();

  /** The declaration of a function, or null. */
  Signature function(String name);

  /** The declaration of a plugin, or null. */
  Signature plugin(String name);

  /** The names of the artifacts. */
  Collection<String> artifacts();

  /** The names of the variables and definitions so far. */
  Collection<String> variables();
}
