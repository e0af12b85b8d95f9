package org.minivql.builtin.control;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Displayed;
import org.minivql.value.Members;
import org.minivql.value.Operand;
import org.minivql.value.Scope;
import org.minivql.value.Settable;
import org.minivql.value.Spans;

/** Entries by text of which those go first that were not used for longest. Thread-safe. */
final class LruCache implements Members, Operand, Settable, Displayed {
  /** Seconds. */
  static final long HOUR = 3600;

  private final Clock clock;
  private final long seconds;
  private final Map<String, Kept> entries;
  private long hits;
  private long misses;

  private record Kept(Object value, Instant used) {}

  /**
   * An empty cache.
   *
   * @param seconds how long an entry that is not used is kept; 0 for ever
   */
  LruCache(Clock clock, int most, long seconds) {
    this.clock = clock;
    this.seconds = seconds;
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > most;
          }
        };
  }

  /** The value of a key, or {@link Absent#ABSENT}; using it keeps it longer. */
  synchronized Object find(String key) {
    Kept entry = entries.get(key);
    Instant now = clock.instant();
    if (entry == null || seconds > 0 && entry.used().plus(Spans.seconds(seconds)).isBefore(now)) {
      entries.remove(key);
      misses++;
      return Absent.ABSENT;
    }
    hits++;
    entries.put(key, new Kept(entry.value(), now));
    return entry.value();
  }

  @Override
  public synchronized void set(String key, Object value) {
    entries.put(key, new Kept(value, clock.instant()));
  }

  /** All entries, the least recently used first. */
  synchronized Dict dump() {
    Dict.Builder all = Dict.builder();
    entries.forEach((key, entry) -> all.set(key, entry.value()));
    return all.build();
  }

  @Override
  public Object member(String name) {
    return switch (name) {
      case "@Len" -> size();
      case "@Dump" -> dump();
      case "@Metrics" -> metrics();
      default -> find(name);
    };
  }

  private synchronized long size() {
    return entries.size();
  }

  private synchronized Dict metrics() {
    return Dict.of("Hits", hits, "Misses", misses, "Size", (long) entries.size());
  }

  @Override
  public Object get(Scope scope, Object key) {
    return member(key instanceof String name ? name : scope.operators().text(scope, key));
  }

  @Override
  public List<String> memberNames() {
    return List.of();
  }

  @Override
  public boolean truth() {
    return size() > 0;
  }

  @Override
  public String text() {
    return "{}";
  }

  @Override
  public Object display() {
    return Dict.EMPTY;
  }
}
