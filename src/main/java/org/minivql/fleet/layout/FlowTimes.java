package org.minivql.fleet.layout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.minivql.registry.flow.Flows;
import org.minivql.value.Dict;

/** The times of flows, in microseconds; works out those that were left out. */
public final class FlowTimes {
  private final long start;

  public FlowTimes(Instant clockStart) {
    this.start = micros(clockStart);
  }

  public static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  /** The flow with what follows from what its queries say of themselves, if they do. */
  public static Dict known(Dict given) {
    return given.get("query_stats") instanceof List<?> stats && !stats.isEmpty()
        ? Flows.derive(given)
        : given;
  }

  /**
   * Sets the times that the context does not give.
   *
   * @param given the context; a zero in it stays one
   * @param known the same with what is known by other means
   */
  public void complete(Dict given, Dict known, Dict.Builder flow) {
    long create = number(known, "create_time");
    long begin = number(known, "start_time");
    long end = number(known, "active_time");
    set(given, flow, "create_time", first(create, begin, end, start));
    set(given, flow, "start_time", first(begin, create, end, start));
    set(given, flow, "active_time", first(end, begin, create, start));
  }

  private static void set(Dict given, Dict.Builder flow, String name, long time) {
    if (!Long.valueOf(0).equals(given.get(name))) {
      flow.replace(name, time);
    }
  }

  /** When a flow ended. */
  public long end(Dict given) {
    return first(
        number(given, "active_time"),
        number(given, "start_time"),
        number(given, "create_time"),
        start);
  }

  /** Visits flows in the order of creation; false where the visitor ended it. */
  public static boolean visit(List<Dict> flows, Predicate<Dict> visitor) {
    List<Dict> sorted = new ArrayList<>(flows);
    sorted.sort(
        Comparator.comparingLong((Dict flow) -> number(flow, "create_time"))
            .thenComparing(flow -> (String) flow.get("session_id")));
    return sorted.stream().allMatch(visitor);
  }

  private static long first(long... times) {
    for (long time : times) {
      if (time != 0) {
        return time;
      }
    }
    return 0;
  }

  public static long number(Dict dict, String member) {
    return dict.get(member) instanceof Number n ? n.longValue() : 0;
  }
}
