package org.minivql.spi;

/**
 * Thrown by the body of a builtin for a problem of the call. The engine logs {@code <name>:
 * <message>} and the function yields NULL, the plugin no more rows; the query goes on.
 *
 * @since 0.1.0
 */
public final class ArgumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem to log; the message does not name the builtin. */
  public ArgumentException(String message) {
    super(message, null, false, false);
  }
}
