package org.minivql.registry.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * The lines that a running query writes only to show that it runs. None is kept: they follow from
 * when it ran, so months of a virtual clock cost nothing until somebody reads them.
 */
final class Heartbeats {
  private static final Duration BEAT = Duration.ofSeconds(120);

  private final Map<String, List<Run>> runs = new ConcurrentHashMap<>();

  private static final class Run {
    private final Instant start;
    private volatile Instant end = Instant.MAX;

    Run(Instant start) {
      this.start = start;
    }
  }

  /** A query begins to run; what is returned takes when it ends. */
  Consumer<Instant> begin(String key, Instant start) {
    Run run = new Run(start);
    runs.computeIfAbsent(key, all -> new CopyOnWriteArrayList<>()).add(run);
    return end -> run.end = end;
  }

  /** Forgets the queries of all keys with this beginning. */
  void forget(String prefix) {
    runs.keySet().removeIf(key -> key.startsWith(prefix));
  }

  /** The lines of a queue in the order of their times, both ends included. */
  Lines lines(String key, String queue, Instant from, Instant to) {
    return new Lines(runs.getOrDefault(key, List.of()).iterator(), queue, from, to);
  }

  /** Lines that were not given yet. */
  static final class Lines {
    private final Iterator<Run> runs;
    private final String queue;
    private final Instant from;
    private final Instant to;
    private Run run;
    private long beat;

    private Lines(Iterator<Run> runs, String queue, Instant from, Instant to) {
      this.runs = runs;
      this.queue = queue;
      this.from = from;
      this.to = to;
      next();
    }

    private void next() {
      run = runs.hasNext() ? runs.next() : null;
      beat = 1;
      if (run != null && from.isAfter(run.start)) {
        Duration before = Duration.between(run.start, from.minusNanos(1));
        beat = Math.max(beat, before.dividedBy(BEAT) + 1);
      }
    }

    /** Gives those up to a time; false when no more are wanted. */
    boolean until(Instant limit, Sink out) {
      Instant last = limit.isBefore(to) ? limit : to;
      while (run != null) {
        Instant at = run.start.plus(BEAT.multipliedBy(beat));
        if (at.isAfter(run.end)) {
          next();
        } else if (at.isAfter(last)) {
          return true;
        } else if (!out.row(line(at))) {
          return false;
        } else {
          beat++;
        }
      }
      return true;
    }

    private Dict line(Instant at) {
      long seconds = BEAT.multipliedBy(beat).getSeconds();
      return Dict.of(
          "Timestamp",
          at.getEpochSecond(),
          "Level",
          "DEFAULT",
          "Message",
          "Time " + seconds + ": " + queue + ": Waiting for rows.\n",
          "_ts",
          at.toEpochMilli());
    }
  }
}
