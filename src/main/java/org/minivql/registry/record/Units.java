package org.minivql.registry.record;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Instants as the numbers that the server keeps.
 *
 * @since 0.1.0
 */
public final class Units {
  private Units() {}

  /** Nanoseconds since the epoch. */
  public static long nanos(Instant at) {
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
  }

  /** Microseconds since the epoch. */
  public static long micros(Instant at) {
    return TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1000;
  }

  /**
   * The instant of a number whose unit is told by its size: below 2e10 seconds, below 2e13
   * milliseconds, below 2e16 microseconds, else nanoseconds.
   */
  public static Instant instant(long number) {
    if (number < 20_000_000_000L) {
      return Instant.ofEpochSecond(number);
    }
    if (number < 20_000_000_000_000L) {
      return Instant.ofEpochMilli(number);
    }
    if (number < 20_000_000_000_000_000L) {
      return Instant.ofEpochSecond(number / 1_000_000, number % 1_000_000 * 1000);
    }
    return Instant.ofEpochSecond(number / 1_000_000_000, number % 1_000_000_000);
  }
}
