package org.minivql.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the queries of a run did: some meters for each, made when they are first asked for. */
public final class Measures {
  private final Map<Object, Meter[]> meters = new ConcurrentHashMap<>();

  /**
   * The meters of a query.
   *
   * @param query what they belong to
   * @param count how many a query has
   */
  public Meter[] of(Object query, int count) {
    return meters.computeIfAbsent(query, key -> fresh(count));
  }

  private static Meter[] fresh(int count) {
    Meter[] made = new Meter[count];
    for (int i = 0; i < count; i++) {
      made[i] = new Meter();
    }
    return made;
  }
}
