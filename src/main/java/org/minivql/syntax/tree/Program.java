package org.minivql.syntax.tree;

import java.util.List;

/**
 * A parsed program.
 *
 * @param source the text it was parsed from
 * @param statements the statements in order, at least one
 */
public record Program(String source, List<Statement> statements) {
  /** Takes a copy of the list. */
  public Program {
    statements = List.copyOf(statements);
  }
}
