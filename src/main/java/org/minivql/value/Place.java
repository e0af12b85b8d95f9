package org.minivql.value;

/**
 * Where something stands in a program.
 *
 * @param program the text of the program
 * @param line from 1
 * @param column from 1, in characters
 * @since 0.1.0
 */
public record Place(String program, int line, int column) {
  /** {@code line:column}. */
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
