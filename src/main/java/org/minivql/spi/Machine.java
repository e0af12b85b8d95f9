package org.minivql.spi;

import java.util.Map;
import org.minivql.value.Dict;

/**
 * What queries may know about the machine they run on: a service of the host.
 *
 * @since 0.1.0
 */
public interface Machine {
  /**
   * The row of {@code info()}: {@code Hostname, OS, Platform, Architecture, Fqdn} and what else is
   * known.
   */
  Dict info();

  /** The environment variables that queries see. */
  Map<String, String> environment();

  /** The process id; 0 where it is not to be known. */
  long pid();
}
