package org.minivql.cli;

import java.util.Collection;
import java.util.Set;
import org.minivql.artifact.Repository;
import org.minivql.cli.repl.Vocabulary;
import org.minivql.spi.Library;
import org.minivql.spi.Signature;

/** The names of an engine, its artifacts and the definitions of a session. */
final class EngineVocabulary implements Vocabulary {
  private final Library library;
  private final Definitions definitions;
  private final Set<String> variables;

  EngineVocabulary(Library library, Definitions definitions, Set<String> variables) {
    this.library = library;
    this.definitions = definitions;
    this.variables = variables;
  }

  @Override
  public Collection<String> functions() {
    return library.functionNames();
  }

  @Override
  public Collection<String> plugins() {
    return library.pluginNames();
  }

  @Override
  public Signature function(String name) {
    return library.functionSignature(name);
  }

  @Override
  public Signature plugin(String name) {
    return library.pluginSignature(name);
  }

  @Override
  public Collection<String> artifacts() {
    Repository repository = definitions.repository();
    return repository.names();
  }

  @Override
  public Collection<String> variables() {
    return variables;
  }
}
