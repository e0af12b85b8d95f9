package org.minivql.artifact;

/**
 * A definition that cannot be used, or a call of one that cannot be made.
 *
 * @since 0.1.0
 */
public final class ArtifactException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /** A problem without a place. */
  public ArtifactException(String message) {
    this(message, 0, 0);
  }

  /**
   * A problem at a place of the YAML text.
   *
   * @param message what is wrong
   * @param line from 1, or 0 where there is no place
   * @param column from 1, or 0 where there is no place
   */
  public ArtifactException(String message, int line, int column) {
    super(message, null, false, false);
    this.line = line;
    this.column = column;
  }

  /** The line of the YAML text, from 1; 0 where there is no place. */
  public int line() {
    return line;
  }

  /** The column, from 1; 0 where there is no place. */
  public int column() {
    return column;
  }
}
