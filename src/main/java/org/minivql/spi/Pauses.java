package org.minivql.spi;

import java.time.Duration;
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
}
