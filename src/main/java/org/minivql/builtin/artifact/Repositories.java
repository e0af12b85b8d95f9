package org.minivql.builtin.artifact;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.artifact.Repository;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Scope;

/** Finds the definitions that a call is about. */
final class Repositories {
  private Repositories() {}

  /** The definitions of the server. */
  static Repository of(Scope scope) {
    Repository repository = scope.service(Repository.class);
    if (repository == null) {
      throw new ArgumentException("Command can only run on the server");
    }
    return repository;
  }

  /** A repository of the query's own; the server's for an empty name. */
  static Repository named(Scope scope, String name) {
    if (name == null || name.isEmpty()) {
      return of(scope);
    }
    Map<String, Repository> scratch = scope.runState(Repositories.class, ConcurrentHashMap::new);
    return scratch.computeIfAbsent(name, n -> of(scope).scratch());
  }
}
