package org.minivql.format;

/** A text or stream is not in the format it was read as. */
public final class FormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * A problem in the data.
   *
   * @param message what is wrong
   * @param offset the character where reading stopped, from 0; -1 where it is not known
   */
  public FormatException(String message, long offset) {
    super(message, null, false, false);
    this.offset = offset;
  }

  /** The character where reading stopped, from 0; -1 where it is not known. */
  public long offset() {
    return offset;
  }
}
