package org.minivql.sigma;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.sigma.event.EventView;
import org.minivql.sigma.event.Field;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;
import org.minivql.value.time.Times;

/** The matches that a correlation rule has seen lately. */
final class Correlator {
  private static final int MANY_GROUPS = 10_000;

  private final Correlation correlation;
  private final Field timestamp;
  private final Map<List<String>, Window> groups = new HashMap<>();

  /**
   * @param timestamp gives the time of an event
   */
  Correlator(Correlation correlation, Field timestamp) {
    this.correlation = correlation;
    this.timestamp = timestamp;
  }

  private record Entry(double time, Dict event, String counted) {}

  private static final class Window {
    final Deque<Entry> entries = new ArrayDeque<>();
    final Map<String, Integer> counted = new HashMap<>();

    void add(Entry entry) {
      entries.addLast(entry);
      if (entry.counted() != null) {
        counted.merge(entry.counted(), 1, Integer::sum);
      }
    }

    void dropUntil(double time) {
      while (!entries.isEmpty() && entries.peekFirst().time() <= time) {
        String value = entries.removeFirst().counted();
        if (value != null) {
          counted.computeIfPresent(value, (key, count) -> count > 1 ? count - 1 : null);
        }
      }
    }
  }

  /**
   * Takes the match of one of the rules.
   *
   * @param rule the rule that matched
   * @return the events of the window where the correlation holds now, else null
   */
  List<Object> offer(EventView event, Dict row, String rule) {
    double time = time(event);
    List<String> key = new ArrayList<>(correlation.groupBy().size());
    for (Field field : correlation.groupBy()) {
      key.add(event.text(field));
    }
    if (groups.size() > MANY_GROUPS) {
      groups.values().forEach(window -> window.dropUntil(time - correlation.span()));
      groups.values().removeIf(window -> window.entries.isEmpty());
    }
    Window window = groups.computeIfAbsent(key, ignored -> new Window());
    window.dropUntil(time - correlation.span());
    window.add(new Entry(time, row.with("_MatchingRule", rule), counted(event, rule)));
    boolean counts = !correlation.type().equals("event_count");
    return correlation.holds(counts ? window.counted.size() : window.entries.size())
        ? events(window)
        : null;
  }

  private String counted(EventView event, String rule) {
    return switch (correlation.type()) {
      case "value_count" -> event.text(correlation.valueField());
      case "temporal" -> rule;
      default -> null;
    };
  }

  private static List<Object> events(Window window) {
    List<Object> events = new ArrayList<>(window.entries.size());
    window.entries.forEach(entry -> events.add(entry.event()));
    return events;
  }

  /** Seconds; all events without a time are in one window. */
  private double time(EventView event) {
    Object value = event.value(timestamp);
    if (value == null || value == Absent.ABSENT) {
      return 0;
    }
    Timestamp time = Times.parse(event.scope(), value);
    return time == null ? 0 : time.instant().getEpochSecond() + time.instant().getNano() / 1e9;
  }
}
