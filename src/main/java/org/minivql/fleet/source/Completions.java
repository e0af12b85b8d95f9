package org.minivql.fleet.source;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Flows in the order in which they ended: time, then client, then flow.
 *
 * @since 0.1.0
 */
public final class Completions {
  private final Entry[] entries;

  /**
   * A flow that ended.
   *
   * @param time when, in microseconds
   * @param clientId the client
   * @param flowId the flow
   */
  public record Entry(long time, String clientId, String flowId) {}

  /**
   * Flows that ended.
   *
   * @param entries in any order; the array is kept, and sorted
   */
  public Completions(Entry[] entries) {
    this.entries = entries;
    Arrays.sort(
        entries,
        Comparator.comparingLong(Entry::time)
            .thenComparing(Entry::clientId)
            .thenComparing(Entry::flowId));
  }

  /** How many there are. */
  public int size() {
    return entries.length;
  }

  /** The i-th, from 0. */
  public Entry get(int i) {
    return entries[i];
  }
}
