package org.minivql;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.minivql.registry.event.Principal;
import org.minivql.runtime.Limits;
import org.minivql.spi.Effects;
import org.minivql.value.Limit;

/**
 * What one run of a program is given. Immutable; the {@code with} methods answer a changed copy.
 *
 * <p>A run has limits ({@link Limit}) unless they are changed: 10 minutes, 10 million rows
 * delivered, a billion rows looked at, 4 GiB of materialised rows, half of the heap for one value,
 * 1000 nested scopes, 256 threads and 512 files at once. A run that needs more ends with {@link
 * RunResult#limit()}; what it opened is closed.
 *
 * @since 0.1.0
 */
public final class QueryOptions {
  private static final QueryOptions DEFAULTS = new QueryOptions();

  private Map<String, Object> env = Map.of();
  private List<Object> layers = List.of();
  private Limits limits = usual();
  private long rowsPerSelect = Long.MAX_VALUE;
  private Clock clock;
  private long seed;
  private Consumer<LogLine> log = line -> {};
  private Map<Class<?>, Object> services = Map.of();
  private long memoryBudget = Runtime.getRuntime().maxMemory() / 4;

  private QueryOptions() {}

  private QueryOptions(QueryOptions other) {
    this.env = other.env;
    this.layers = other.layers;
    this.limits = other.limits;
    this.rowsPerSelect = other.rowsPerSelect;
    this.clock = other.clock;
    this.seed = other.seed;
    this.log = other.log;
    this.services = other.services;
    this.memoryBudget = other.memoryBudget;
  }

  private static Limits usual() {
    return Limits.NONE
        .with(Limit.TIME, Duration.ofMinutes(10).toMillis())
        .with(Limit.ROWS, 10_000_000)
        .with(Limit.SCANNED, 1_000_000_000)
        .with(Limit.BYTES, 4L << 30)
        .with(Limit.MEMORY, Runtime.getRuntime().maxMemory() / 2)
        .with(Limit.DEPTH, 1000)
        .with(Limit.THREADS, 256)
        .with(Limit.FILES, 512);
  }

  /** No variables, the usual limits, the log thrown away. */
  public static QueryOptions defaults() {
    return DEFAULTS;
  }

  private QueryOptions changed(Consumer<QueryOptions> change) {
    QueryOptions copy = new QueryOptions(this);
    change.accept(copy);
    return copy;
  }

  /**
   * The variables of the program: one layer.
   *
   * @param variables names and values; maps, lists, numbers, records and {@code Instant}s are
   *     mapped to VQL values
   */
  public QueryOptions withEnv(Map<String, ?> variables) {
    return changed(o -> o.env = new LinkedHashMap<>(variables));
  }

  /** One more layer of variables above those of {@link #withEnv}: a dict or a host object. */
  public QueryOptions withLayer(Object layer) {
    List<Object> more = new ArrayList<>(layers);
    more.add(layer);
    return changed(o -> o.layers = more);
  }

  /**
   * Changes a limit.
   *
   * @param limit what is limited; it says in which unit
   * @param amount the most of it
   * @throws IllegalArgumentException where the amount is negative
   */
  public QueryOptions withLimit(Limit limit, long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("a limit cannot be negative: " + amount);
    }
    return changed(o -> o.limits = limits.with(limit, amount));
  }

  /** Takes a limit away. The language still goes no deeper than 1000 scopes. */
  public QueryOptions withoutLimit(Limit limit) {
    return withLimit(limit, Long.MAX_VALUE);
  }

  /** Ends the run with {@link Limit#TIME} after this time. */
  public QueryOptions withTimeout(Duration limit) {
    return withLimit(Limit.TIME, limit.toMillis());
  }

  /** Ends the run with {@link Limit#ROWS} when it delivers more rows. */
  public QueryOptions withMaxRows(long rows) {
    return withLimit(Limit.ROWS, rows);
  }

  /** Ends each SELECT after this many rows as its LIMIT would, which is no error. */
  public QueryOptions withRowsPerSelect(long rows) {
    return changed(o -> o.rowsPerSelect = rows);
  }

  /** The clock of {@code now()} and of all time functions. */
  public QueryOptions withClock(Clock replacement) {
    return changed(o -> o.clock = replacement);
  }

  /** The seed of random numbers: the same seed gives the same run. */
  public QueryOptions withSeed(long value) {
    return changed(o -> o.seed = value);
  }

  /** Where log lines go; called from the threads that run the query. */
  public QueryOptions withLog(Consumer<LogLine> sink) {
    return changed(o -> o.log = sink);
  }

  /** What the run may do to the world outside; an engine that is not told refuses everything. */
  public QueryOptions withEffects(Effects effects) {
    return withService(Effects.class, effects);
  }

  /** As whom the run acts on the server model. */
  public QueryOptions withPrincipal(Principal principal) {
    return withService(Principal.class, principal);
  }

  /** A service for this run, in place of the engine's of the same type. */
  public <T> QueryOptions withService(Class<T> type, T service) {
    Map<Class<?>, Object> more = new HashMap<>(services);
    more.put(type, service);
    return changed(o -> o.services = more);
  }

  /**
   * About how many bytes of rows each sort, GROUP BY and materialised query keeps in memory; what
   * is more goes to temporary files. A quarter of the heap where not said.
   */
  public QueryOptions withMemoryBudget(long bytes) {
    return changed(o -> o.memoryBudget = bytes);
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

  Limits limits() {
    return limits;
  }

  long rowsPerSelect() {
    return rowsPerSelect;
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
