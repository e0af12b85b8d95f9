package org.minivql;

/**
 * Rows were asked for that a run could not give because it met a limit.
 *
 * @since 0.1.0
 */
public final class LimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient LimitReached reached;

  LimitException(LimitReached reached) {
    super(reached.id() + ": " + reached.message());
    this.reached = reached;
  }

  /** Which limit, and where. */
  public LimitReached reached() {
    return reached;
  }
}
