package org.minivql.runtime;

/** Where the lines of the query log go. Called from the threads that run the query. */
@FunctionalInterface
public interface QueryLog {
  /**
   * Takes one line.
   *
   * @param line the text; a level is a prefix such as {@code ERROR:}
   */
  void append(String line);
}
