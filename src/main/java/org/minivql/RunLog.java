package org.minivql;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.minivql.spi.LogFeed;

/** Keeps the latest lines of a run and hands new ones over. */
final class RunLog implements LogFeed {
  private static final int KEPT = 1000;

  private final Clock clock;
  private final Deque<Line> lines = new ArrayDeque<>();
  private final List<Consumer<Line>> listeners = new CopyOnWriteArrayList<>();

  RunLog(Clock clock) {
    this.clock = clock;
  }

  void add(String text) {
    Line line = new Line(clock.instant(), text);
    synchronized (lines) {
      if (lines.size() == KEPT) {
        lines.removeFirst();
      }
      lines.addLast(line);
    }
    listeners.forEach(listener -> listener.accept(line));
  }

  @Override
  public List<Line> past() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  @Override
  public Runnable listen(Consumer<Line> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
