package org.minivql.builtin.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.spi.Catalog;
import org.minivql.spi.Mocks;

/**
 * What one test run knows: its mocks, its clock and its log. Thread-safe.
 *
 * <p>A host passes it as the services {@link Mocks} and {@code TestContext}, uses {@link #clock()}
 * as the clock of the run and hands each log line to {@link #log(String)}.
 */
public final class TestContext implements Mocks {
  private static final String LOG_PREFIX = "Velociraptor: ";
  private static final int MOST_LINES = 100_000;

  private final Map<String, Mock> functions = new HashMap<>();
  private final Map<String, Mock> plugins = new HashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final Clock real;
  private volatile Instant mocked;

  /** A test run whose clock stands still at this time. */
  public TestContext(Instant start) {
    this(Clock.fixed(start, ZoneOffset.UTC));
  }

  /** A test run whose time is that of a clock while none is mocked. */
  public TestContext(Clock real) {
    this.real = real;
  }

  /** A clock that stands still at what {@code mock_time()} set, until the run that set it ends. */
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
      }

      @Override
      public Instant instant() {
        Instant time = mocked;
        return time == null ? real.instant() : time;
      }
    };
  }

  /** Stops the clock at a time; whether it was running before. */
  synchronized boolean freeze(Instant time) {
    boolean ran = mocked == null;
    mocked = time;
    return ran;
  }

  synchronized void unfreeze() {
    mocked = null;
  }

  /** Takes a line of the query log; the oldest go when there are very many. */
  public synchronized void log(String line) {
    if (lines.size() >= MOST_LINES) {
      lines.remove(0);
    }
    lines.add(LOG_PREFIX + line + "\n");
  }

  /** The lines since the last call, each with a line feed at its end. */
  synchronized List<String> takeLog() {
    List<String> taken = new ArrayList<>(lines);
    lines.clear();
    return taken;
  }

  @Override
  public synchronized Catalog.Function function(String name) {
    Mock mock = functions.get(name);
    return mock == null ? null : mock.asFunction();
  }

  @Override
  public synchronized Catalog.Plugin plugin(String name) {
    Mock mock = plugins.get(name);
    return mock == null ? null : mock.asPlugin();
  }

  synchronized void mock(boolean plugin, String name, Object results) {
    Map<String, Mock> mocks = plugin ? plugins : functions;
    mocks.computeIfAbsent(name, n -> new Mock(n, plugin)).results(results);
  }

  /** The mock of a name, or null. */
  synchronized Mock find(boolean plugin, String name) {
    return (plugin ? plugins : functions).get(name);
  }

  synchronized void clear() {
    plugins.values().forEach(Mock::forget);
    functions.values().forEach(Mock::forgetCalls);
  }
}
