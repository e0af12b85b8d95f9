package org.minivql.runtime;

import org.minivql.value.Place;

/** Where the lines of the query log go. Called from the threads that run the query. */
@FunctionalInterface
public interface QueryLog {
  /**
   * Takes one line.
   *
   * @param line the text; a level is a prefix such as {@code ERROR:}
   */
  void append(String line);

  /**
   * Takes one line about something in a program.
   *
   * @param line the text
   * @param at where that is; null where it is not known
   */
  default void append(String line, Place at) {
    append(line);
  }
}
