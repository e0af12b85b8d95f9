package org.minivql;

import java.util.List;

/**
 * A text is not VQL. The message holds all errors with their places and lines.
 *
 * @since 0.1.0
 */
public final class VqlSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * One error.
   *
   * @param line where, from 1
   * @param column where, characters from 1
   * @param message what was found and what was expected, in one line
   * @param snippet the line of the program and a line with a caret
   */
  public record Problem(int line, int column, String message, String snippet) {}

  VqlSyntaxException(String message, List<Problem> problems) {
    super(message);
    this.problems = List.copyOf(problems);
  }

  /** The errors in the order of the text, at least one. */
  public List<Problem> problems() {
    return problems;
  }
}
