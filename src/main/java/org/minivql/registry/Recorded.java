package org.minivql.registry;

import java.time.Instant;
import java.util.function.Predicate;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * What is on disk before anything happens: flows, their rows, stored events. Everything is read
 * when it is asked for and nothing is written. Rows are pushed as they are stored; a false answer
 * of the sink ends the reading.
 */
public interface Recorded {
  /** Nothing is recorded. */
  Recorded NONE = new Recorded() {};

  /** A flow as stored, fields may be missing (see {@link Forms#FLOW}), or null. */
  default Dict flow(String clientId, String flowId) {
    return null;
  }

  /** Visits the flows of a client in order of creation; false when the visitor stopped. */
  default boolean flows(String clientId, Predicate<Dict> visitor) {
    return true;
  }

  /**
   * The rows of one result set.
   *
   * @param artifact {@code Artifact} or {@code Artifact/Source}
   * @return false where there is no such result set
   */
  default boolean results(String clientId, String flowId, String artifact, Sink out) {
    return false;
  }

  /** The log of a flow: {@code client_time, level, message, _ts}. */
  default void logs(String clientId, String flowId, Sink out) {}

  /** The uploads of a flow, one row each. */
  default void uploads(String clientId, String flowId, Sink out) {}

  /**
   * Stored events, in order.
   *
   * @param clientId the client or {@code server}
   * @param out takes the stored row with {@code _ts} in milliseconds at its end
   */
  default void events(String clientId, String artifact, Instant from, Instant to, Sink out) {}

  /** Logs of event queries, like {@link #events}. */
  default void eventLogs(String clientId, String artifact, Instant from, Instant to, Sink out) {}

  /** The result of a notebook cell; false where there is no such cell. */
  default boolean notebook(String notebookId, String cellId, long table, Sink out) {
    return false;
  }
}
