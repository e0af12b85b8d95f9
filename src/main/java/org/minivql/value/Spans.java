package org.minivql.value;

import java.time.Duration;

/**
 * Lengths of time as queries give them: what is beyond a thousand years counts as that.
 *
 * @since 0.1.0
 */
public final class Spans {
  private static final long LONGEST = 1000L * 365 * 24 * 60 * 60;

  private Spans() {}

  /** So many seconds; nothing for a negative number. */
  public static Duration seconds(long seconds) {
    return Duration.ofSeconds(Math.max(0, Math.min(LONGEST, seconds)));
  }

  /** So many milliseconds; nothing for a negative number. */
  public static Duration millis(long millis) {
    return Duration.ofMillis(Math.max(0, Math.min(LONGEST * 1000, millis)));
  }
}
