package org.minivql.fleet.source;

import java.util.List;
import java.util.Map;
import org.minivql.value.Dict;

/**
 * What must be true at the end of a run. A member that is null states nothing.
 *
 * @param labels {@code client_id}, {@code labels}
 * @param metadata {@code client_id}, {@code metadata}
 * @param hunts members of hunts
 * @param rows the rows of rules
 * @param events the events of queues
 * @param effects recorded effects
 * @param logs {@code must_match}, {@code must_not_match}, {@code warnings}
 * @param plan members of the plan
 * @since 0.1.0
 */
public record Expectations(
    List<Dict> labels,
    List<Dict> metadata,
    List<Dict> hunts,
    Map<String, List<Dict>> rows,
    Map<String, List<Dict>> events,
    List<Dict> effects,
    Dict logs,
    Dict plan) {
  /** Nothing is expected. */
  public static final Expectations NONE =
      new Expectations(null, null, null, Map.of(), Map.of(), null, null, null);

  /** Whether nothing is expected. */
  public boolean isEmpty() {
    return this.equals(NONE);
  }
}
