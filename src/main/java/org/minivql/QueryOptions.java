package org.minivql;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one run of a program is given. Immutable; the {@code with} methods answer a changed copy.
 */
public final class QueryOptions {
  private static final QueryOptions DEFAULTS =
      new QueryOptions(
          Map.of(), List.of(), null, Long.MAX_VALUE, null, 0, line -> {}, Map.of(), quarter());

  private final Map<String, Object> env;
  private final List<Object> layers;
  private final Duration timeout;
  private final long maxRows;
  private final Clock clock;
  private final long seed;
  private final Consumer<LogLine> log;
  private final Map<Class<?>, Object> services;
  private final long memoryBudget;

  private QueryOptions(
      Map<String, Object> env,
      List<Object> layers,
      Duration timeout,
      long maxRows,
      Clock clock,
      long seed,
      Consumer<LogLine> log,
      Map<Class<?>, Object> services,
      long memoryBudget) {
    this.env = env;
    this.layers = layers;
    this.timeout = timeout;
    this.maxRows = maxRows;
    this.clock = clock;
    this.seed = seed;
    this.log = log;
    this.services = services;
    this.memoryBudget = memoryBudget;
  }

  /** No variables, no limits, the log thrown away. */
  public static QueryOptions defaults() {
    return DEFAULTS;
  }

  /**
   * The variables of the program: one layer.
   *
   * @param variables names and values; maps, lists, numbers, records and {@code Instant}s are
   *     mapped to VQL values
   */
  public QueryOptions withEnv(Map<String, ?> variables) {
    return new QueryOptions(
        new LinkedHashMap<>(variables),
        layers,
        timeout,
        maxRows,
        clock,
        seed,
        log,
        services,
        memoryBudget);
  }

  /** One more layer of variables above those of {@link #withEnv}: a dict or a host object. */
  public QueryOptions withLayer(Object layer) {
    List<Object> more = new ArrayList<>(layers);
    more.add(layer);
    return new QueryOptions(env, more, timeout, maxRows, clock, seed, log, services, memoryBudget);
  }

  /** Ends the run after this time. */
  public QueryOptions withTimeout(Duration limit) {
    return new QueryOptions(env, layers, limit, maxRows, clock, seed, log, services, memoryBudget);
  }

  /** Ends each SELECT after this many rows. */
  public QueryOptions withMaxRows(long rows) {
    return new QueryOptions(env, layers, timeout, rows, clock, seed, log, services, memoryBudget);
  }

  /** The clock of {@code now()} and of all time functions. */
  public QueryOptions withClock(Clock replacement) {
    return new QueryOptions(
        env, layers, timeout, maxRows, replacement, seed, log, services, memoryBudget);
  }

  /** The seed of random numbers: the same seed gives the same run. */
  public QueryOptions withSeed(long value) {
    return new QueryOptions(
        env, layers, timeout, maxRows, clock, value, log, services, memoryBudget);
  }

  /** Where log lines go; called from the threads that run the query. */
  public QueryOptions withLog(Consumer<LogLine> sink) {
    return new QueryOptions(
        env, layers, timeout, maxRows, clock, seed, sink, services, memoryBudget);
  }

  /** A service for this run, in place of the engine's of the same type. */
  public <T> QueryOptions withService(Class<T> type, T service) {
    Map<Class<?>, Object> more = new HashMap<>(services);
    more.put(type, service);
    return new QueryOptions(env, layers, timeout, maxRows, clock, seed, log, more, memoryBudget);
  }

  /**
   * About how many bytes of rows each sort, GROUP BY and materialised query keeps in memory; what
   * is more goes to temporary files. A quarter of the heap where not said.
   */
  public QueryOptions withMemoryBudget(long bytes) {
    return new QueryOptions(env, layers, timeout, maxRows, clock, seed, log, services, bytes);
  }

  private static long quarter() {
    return Runtime.getRuntime().maxMemory() / 4;
  }

  long memoryBudget() {
    return memoryBudget;
  }

  Map<String, Object> env() {
    return env;
  }

  List<Object> layers() {
    return layers;
  }

  Duration timeout() {
    return timeout;
  }

  long maxRows() {
    return maxRows;
  }

  Clock clock() {
    return clock;
  }

  long seed() {
    return seed;
  }

  Consumer<LogLine> log() {
    return log;
  }

  Map<Class<?>, Object> services() {
    return services;
  }
}
