package org.minivql.spi;

import org.minivql.value.Scope;

/**
 * Takes warnings about behaviour of the server that is reproduced and that an author may not
 * expect: a service of the engine. Without one nobody is warned.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Warnings {
  /**
   * Something unexpected was reproduced.
   *
   * @param scope where
   * @param id the id of the behaviour, such as {@code Q-27}
   * @param message what it was, one sentence
   */
  void warn(Scope scope, String id, String message);
}
