package org.minivql.registry.flow;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.Quirks;
import org.minivql.registry.record.ArtifactCatalog;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.registry.record.Message;
import org.minivql.registry.store.Store;
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

  /** What is kept of one event that is not in its table yet. */
  private record Late(
      String owner, String queue, long seq, Instant at, String sender, Dict payload) {}

  private final Store store;
  private final Recorded recorded;
  private final ArtifactCatalog artifacts;
  private final Quirks quirks;
  private final long limit;
  private final Map<String, Keep> queues = new ConcurrentHashMap<>();
  private final Map<Shape, Shape> shapes = new ConcurrentHashMap<>();

  /** The keys of the table from the oldest event to the newest, once {@link #known}. */
  private final ArrayDeque<String> order = new ArrayDeque<>();

  private boolean known;

  /** Events newer than those of the table: most make way before anybody asks for them. */
  private final ArrayDeque<Late> late = new ArrayDeque<>();

  private volatile boolean dropped;

  /** The events in the store, and the recorded ones before them. */
  public StoredEvents(
      Store store, Recorded recorded, ArtifactCatalog artifacts, Quirks quirks, long limit) {
    this.store = store;
    this.recorded = recorded;
    this.artifacts = artifacts;
    this.quirks = quirks;
    this.limit = limit;
  }

  /** Keeps one event where its queue is one that is kept. */
  public void keep(Event event) {
    Keep keep = queues.get(event.queue());
    if (keep == null) {
      keep = queues.computeIfAbsent(event.queue(), this::keepOf);
    }
    if (keep == Keep.NOT) {
      return;
    }
    String owner = keep == Keep.OF_SERVER ? ClientRecord.SERVER : event.clientId();
    Dict payload = (Dict) frozen(event.payload());
    Late kept = new Late(owner, event.queue(), event.seq(), event.at(), event.sender(), payload);
    if (store.isDurable()) {
      put(kept);
    } else {
      synchronized (order) {
        late.add(kept);
        shrink();
      }
    }
  }

  private void put(Late event) {
    String key = key(event);
    synchronized (order) {
      if (!known) {
        order.addAll(earlier());
        known = true;
      }
      store.put(TABLE, key, row(event));
      order.add(key);
      shrink();
    }
  }

  /** The keys of what is in the table from an earlier run, by time. */
  private List<String> earlier() {
    List<String> keys = new ArrayList<>();
    store.scan(TABLE, "", (key, row) -> keys.add(key));
    keys.sort(Comparator.comparing(key -> key.substring(key.lastIndexOf('\n'))));
    return keys;
  }

  /** Lets the oldest make way. */
  private void shrink() {
    while (order.size() + late.size() > limit) {
      if (order.isEmpty()) {
        late.remove();
      } else {
        store.remove(TABLE, order.remove());
      }
      dropped = true;
    }
  }

  /** Puts into the table what is not there yet. */
  private void settle() {
    synchronized (order) {
      for (Late event = late.poll(); event != null; event = late.poll()) {
        put(event);
      }
    }
  }

  private Dict row(Late event) {
    Dict payload = event.payload();
    long at = event.at().toEpochMilli();
    Shape shape = payload.shape();
    Object[] cells = new Object[payload.size() + 2];
    for (int i = 0; i < payload.size(); i++) {
      cells[i] = plain(payload.cell(i));
    }
    // What a client sends about itself has no sender.
    boolean own = event.sender().equals(event.owner());
    if (own || shape.indexOf("_Source") >= 0 || shape.indexOf("_ts") >= 0) {
      Dict.Builder row =
          Dict.over(shape, Arrays.copyOf(cells, payload.size())).toBuilder().remove("_Source");
      return (own ? row : row.set("_Source", event.sender())).remove("_ts").set("_ts", at).build();
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
  private static String key(Late event) {
    String start = key(event.owner(), event.queue());
    return key(start, event.at().toEpochMilli(), event.seq());
  }

  /** A key with this start that sorts by time, and by number where the time is the same. */
  static String key(String start, long millis, long seq) {
    StringBuilder out = new StringBuilder(start.length() + MILLIS + NUMBER + 1).append(start);
    padded(out, millis, MILLIS);
    padded(out.append('.'), seq, NUMBER);
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

  /** The value as it is now, whatever a program does to it later. */
  private static Object frozen(Object value) {
    return mapped(value, StoredEvents::frozen);
  }

  /** The value as JSON would keep it: raw messages become dicts. */
  private static Object plain(Object value) {
    return value instanceof Message message ? message.toDict() : mapped(value, StoredEvents::plain);
  }

  /** The value with other items, where it is a dict or list with items that change. */
  private static Object mapped(Object value, UnaryOperator<Object> change) {
    if (value instanceof Dict dict) {
      return mapped(dict.snapshot(), change);
    }
    return value instanceof List<?> list
        ? Collections.unmodifiableList(list.stream().map(change).collect(Collectors.toList()))
        : value;
  }

  private static Dict mapped(Dict dict, UnaryOperator<Object> change) {
    Object[] cells = null;
    for (int i = 0; i < dict.size(); i++) {
      Object before = dict.cell(i);
      Object after = change.apply(before);
      if (after != before && cells == null) {
        cells = dict.cells(dict.size());
      }
      if (cells != null) {
        cells[i] = after;
      }
    }
    return cells == null ? dict : Dict.over(dict.shape(), cells);
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
    settle();
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

  /**
   * Removes stored events. Those of before the start stay on disk and are not seen any more.
   *
   * @return the days (UTC, YYYY-MM-DD) that have some
   */
  public Set<String> remove(
      String clientId, String queue, Instant from, Instant to, boolean really) {
    settle();
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

  /** Removes all that is kept of a client. */
  public void forget(String clientId) {
    settle();
    store.removeAll(TABLE, clientId + "\n");
    store.removeAll(REMOVED, clientId + "\n");
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
