package org.minivql.spi;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The log of a run for those who read it while it is written: a service of the engine.
 *
 * @since 0.1.0
 */
public interface LogFeed {
  /**
   * A line.
   *
   * @param time when it was written, by the clock of the run
   * @param text the whole line, with the prefix of its level
   */
  record Line(Instant time, String text) {}

  /** The latest lines so far, the oldest first. */
  List<Line> past();

  /**
   * Hands every further line over, on the thread that writes it.
   *
   * @return ends that
   */
  Runnable listen(Consumer<Line> listener);
}
