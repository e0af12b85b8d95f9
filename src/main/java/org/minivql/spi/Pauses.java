package org.minivql.spi;

import java.time.Duration;
import java.time.Instant;
import org.minivql.value.Scope;

/**
 * Lets queries wait: a service of hosts whose time is not that of the machine.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Pauses {
  /**
   * Waits until so much time has gone by, or the run ends.
   *
   * @return false when the run ended
   */
  boolean pause(Scope scope, Duration duration);

  /**
   * The time that waiting moves on, which {@code now()} and {@code clock()} tell: that of the run's
   * clock, unless that stands still while one waits.
   */
  default Instant now(Scope scope) {
    return scope.clock().instant();
  }

  /** The time by which a scope's queries wait. */
  static Instant time(Scope scope) {
    Pauses pauses = scope.service(Pauses.class);
    return pauses == null ? scope.clock().instant() : pauses.now(scope);
  }
}
