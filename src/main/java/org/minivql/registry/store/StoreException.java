package org.minivql.registry.store;

/**
 * A store cannot be opened or used; the message names the folder and what to do.
 *
 * @since 0.1.0
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem with its cause, which may be null. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
