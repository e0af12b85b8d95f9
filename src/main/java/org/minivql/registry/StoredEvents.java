package org.minivql.registry;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/**
 * The events of the past: those recorded, and those that went through the queues of client and
 * server event artifacts since. Events of internal queues are never stored.
 *
 * @since 0.1.0
 */
public final class StoredEvents {
  private static final String TABLE = "events";
  private static final String REMOVED = "events_removed";
  private static final int DAY = 10;

  private static final int MILLIS = 20;
  private static final int NUMBER = 12;
  private static final int SHAPES = 256;

  /** Whether the events of a queue are kept, and whose they are. */
  private enum Keep {
    NOT,
    OF_SERVER,
    OF_CLIENT
  }

  private final Store store;
  private final Recorded recorded;
  private final ArtifactCatalog artifacts;
  private final Quirks quirks;
  private final long limit;
  private final Map<String, Keep> queues = new ConcurrentHashMap<>();
  private final Map<Shape, Shape> shapes = new ConcurrentHashMap<>();
  private final ArrayDeque<String> order = new ArrayDeque<>();
  private volatile boolean dropped;

  StoredEvents(
      Store store, Recorded recorded, ArtifactCatalog artifacts, Quirks quirks, long limit) {
    this.store = store;
    this.recorded = recorded;
    this.artifacts = artifacts;
    this.quirks = quirks;
    this.limit = limit;
  }

  /** Keeps one event where its queue is one that is kept. */
  void keep(Event event) {
    Keep keep = queues.computeIfAbsent(event.queue(), this::keepOf);
    if (keep == Keep.NOT) {
      return;
    }
    String owner = keep == Keep.OF_SERVER ? ClientRecord.SERVER : event.clientId();
    String key = key(owner, event);
    store.put(TABLE, key, row(event));
    synchronized (order) {
      order.add(key);
      if (order.size() > limit) {
        store.remove(TABLE, order.remove());
        dropped = true;
      }
    }
  }

  private Dict row(Event event) {
    Dict payload = event.payload();
    long at = event.at().toEpochMilli();
    Shape shape = payload.shape();
    Object[] cells = new Object[payload.size() + 2];
    for (int i = 0; i < payload.size(); i++) {
      cells[i] = plain(payload.cell(i));
    }
    if (shape.indexOf("_Source") >= 0 || shape.indexOf("_ts") >= 0) {
      Dict plain = Dict.over(shape, Arrays.copyOf(cells, payload.size()));
      return plain.toBuilder().set("_Source", event.sender()).set("_ts", at).build();
    }
    cells[cells.length - 2] = event.sender();
    cells[cells.length - 1] = at;
    return Dict.over(longer(shape), cells);
  }

  /** The shape of what is kept of payloads of a shape. */
  private Shape longer(Shape shape) {
    Shape longer = shapes.get(shape);
    if (longer == null) {
      List<String> names = new ArrayList<>(shape.names());
      Collections.addAll(names, "_Source", "_ts");
      longer = Shape.of(names);
      if (shapes.size() < SHAPES) {
        shapes.put(shape, longer);
      }
    }
    return longer;
  }

  private Keep keepOf(String queue) {
    ArtifactInfo info = artifacts.findFull(queue);
    if (info == null || !info.isEvent()) {
      return Keep.NOT;
    }
    return info.type().equals("SERVER_EVENT") ? Keep.OF_SERVER : Keep.OF_CLIENT;
  }

  private static String key(String owner, String queue) {
    return owner + "\n" + queue + "\n";
  }

  /** The keys of the events of a queue are in the order of their times. */
  private static String key(String owner, Event event) {
    StringBuilder out =
        new StringBuilder(owner.length() + event.queue().length() + MILLIS + NUMBER + 3);
    out.append(owner).append('\n').append(event.queue()).append('\n');
    padded(out, event.at().toEpochMilli(), MILLIS);
    padded(out.append('.'), event.seq(), NUMBER);
    return out.toString();
  }

  private static void padded(StringBuilder out, long number, int width) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    for (; digits < width; digits++) {
      out.append('0');
    }
    out.append(number);
  }

  /** The value as JSON would keep it: raw messages become dicts. */
  private Object plain(Object value) {
    if (value instanceof Message message) {
      return message.toDict();
    }
    if (value instanceof Dict dict) {
      Object[] cells = new Object[dict.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = plain(dict.cell(i));
      }
      return Dict.over(dict.shape(), cells);
    }
    return value instanceof List<?> list
        ? Collections.unmodifiableList(list.stream().map(this::plain).collect(Collectors.toList()))
        : value;
  }

  /**
   * Reads stored events in the order of their times.
   *
   * @param clientId the client, or {@code server}
   * @param queue {@code Artifact} or {@code Artifact/Source}
   * @param from the first instant wanted
   * @param to the last one, included
   * @param out takes the stored columns, then {@code _ts} in milliseconds
   */
  public void read(String clientId, String queue, Instant from, Instant to, Sink out) {
    if (dropped) {
      quirks.warn(
          "W-EVENTS", null, null, "more than " + limit + " events; the oldest are not kept");
    }
    if (recorded(clientId, queue, from, to, row -> out.row(Results.readBack(row)))) {
      store.scan(
          TABLE,
          key(clientId, queue),
          (key, row) -> {
            Instant at = Instant.ofEpochMilli((Long) ((Dict) row).get("_ts"));
            return at.isBefore(from) || at.isAfter(to) || out.row(Results.readBack(row));
          });
    }
  }

  /** Reads what event queries logged. */
  public void logs(String clientId, String queue, Instant from, Instant to, Sink out) {
    recorded.eventLogs(clientId, queue, from, to, out);
  }

  /**
   * Removes stored events. Those of before the start stay on disk and are not seen any more.
   *
   * @return the days (UTC, YYYY-MM-DD) that have some
   */
  public Set<String> remove(
      String clientId, String queue, Instant from, Instant to, boolean really) {
    Set<String> days = new TreeSet<>();
    List<String> keys = new ArrayList<>();
    recorded(
        clientId,
        queue,
        from,
        to,
        row -> {
          days.add(day((Dict) row));
          return true;
        });
    store.scan(
        TABLE,
        key(clientId, queue),
        (key, row) -> {
          Instant at = Instant.ofEpochMilli((Long) ((Dict) row).get("_ts"));
          if (!at.isBefore(from) && !at.isAfter(to)) {
            days.add(day((Dict) row));
            keys.add(key);
          }
          return true;
        });
    if (really) {
      keys.forEach(key -> store.remove(TABLE, key));
      String key = key(clientId, queue);
      List<Object> ranges = new ArrayList<>(removed(key));
      ranges.add(List.of(from.toEpochMilli(), to.toEpochMilli()));
      store.put(REMOVED, key, List.copyOf(ranges));
    }
    return days;
  }

  private static String day(Dict row) {
    return Instant.ofEpochMilli((Long) row.get("_ts")).toString().substring(0, DAY);
  }

  /** The ranges of times of which nothing recorded is left, in milliseconds. */
  private List<?> removed(String key) {
    return store.get(REMOVED, key) instanceof List<?> ranges ? ranges : List.of();
  }

  private boolean recorded(String clientId, String queue, Instant from, Instant to, Sink out) {
    List<?> removed = removed(key(clientId, queue));
    boolean[] go = {true};
    recorded.events(
        clientId,
        queue,
        from,
        to,
        row -> {
          go[0] = isRemoved(removed, (Dict) row) || out.row(row);
          return go[0];
        });
    return go[0];
  }

  private static boolean isRemoved(List<?> ranges, Dict row) {
    for (Object range : ranges) {
      List<?> ends = (List<?>) range;
      long at = (Long) row.get("_ts");
      if ((Long) ends.get(0) <= at && at <= (Long) ends.get(1)) {
        return true;
      }
    }
    return false;
  }
}
