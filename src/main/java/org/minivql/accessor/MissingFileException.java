package org.minivql.accessor;

import java.io.IOException;

/** There is no file of this name. */
public final class MissingFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The message names the file. */
  public MissingFileException(String message) {
    super(message);
  }
}
