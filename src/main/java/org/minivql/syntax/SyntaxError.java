package org.minivql.syntax;

import java.util.List;

/**
 * One error of a text.
 *
 * @param message what is wrong, without its place
 * @param offset where, in UTF-16 units from 0
 * @param line where, lines from 1
 * @param column where, characters from 1
 * @param found the piece of text that does not fit, shortened if it is long; empty at the end of
 *     the text
 * @param expected what could have stood there, in words; empty where that says nothing
 * @param snippet the line with the error and below it a line with a caret; a long line is cut
 */
public record SyntaxError(
    String message,
    int offset,
    int line,
    int column,
    String found,
    List<String> expected,
    String snippet) {
  /** Takes a copy of the list. */
  public SyntaxError {
    expected = List.copyOf(expected);
  }

  /** Place, message, what was expected, and the snippet: three lines without a line end. */
  public String text() {
    return summary() + "\n" + snippet;
  }

  /** Place, message and what was expected, in one line. */
  public String summary() {
    String place = line + ":" + column + ": " + message;
    return expected.isEmpty() ? place : place + ", expected " + String.join(", ", expected);
  }
}
