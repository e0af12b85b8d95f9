package org.minivql.accessor;

import java.io.IOException;

/**
 * There is no file of this name.
 *
 * @since 0.1.0
 */
public final class MissingFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The message names the file. */
  public MissingFileException(String message) {
    super(message);
  }
}
