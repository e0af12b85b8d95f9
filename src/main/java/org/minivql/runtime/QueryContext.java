package org.minivql.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.minivql.spi.Mocks;
import org.minivql.value.Lambda;
import org.minivql.value.Operators;

/** All state of one run of a program: limits, cancellation, log, services, caches. */
public final class QueryContext {
  private final Settings settings;
  private final RegexCache patterns;
  private final QueryContext run;
  private final Map<Object, Object> state = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final long deadline;
  private volatile boolean cancelled;
  private volatile boolean timedOut;
  private final Mocks mocks;
  private volatile String statement = "";

  /**
   * What a run is given.
   *
   * @param operators the meaning of operators
   * @param clock the clock
   * @param random the source of randomness
   * @param log takes log lines
   * @param services looks a service up by its type
   * @param lambdas compiles the text of a lambda
   * @param timeout after which the run is cancelled; null for none
   * @param materializedRows how many rows of a materialised LET can be indexed, mapped and written;
   *     0 for any number
   * @param memoryBudget about how many bytes of rows a sort, a GROUP BY or a materialised query
   *     keeps in memory; more go to temporary files
   */
  public record Settings(
      Operators operators,
      Clock clock,
      RandomGenerator random,
      QueryLog log,
      Function<Class<?>, Object> services,
      Function<String, Lambda> lambdas,
      Duration timeout,
      long memoryBudget,
      long materializedRows) {}

  /** A run that has just begun. */
  public QueryContext(Settings settings) {
    this.settings = settings;
    this.run = this;
    this.patterns = new RegexCache(settings.log()::append);
    this.mocks = (Mocks) settings.services().apply(Mocks.class);
    this.deadline =
        settings.timeout() == null
            ? Long.MAX_VALUE
            : System.nanoTime() + settings.timeout().toNanos();
  }

  private QueryContext(QueryContext run, Settings settings) {
    this.settings = settings;
    this.run = run;
    this.patterns = run.patterns;
    this.mocks = run.mocks;
    this.deadline = run.deadline;
  }

  /** The same run as a query in it sees it that is given other services. */
  public QueryContext with(Map<Class<?>, Object> services) {
    Function<Class<?>, Object> others = settings.services();
    return new QueryContext(
        run,
        new Settings(
            settings.operators(),
            settings.clock(),
            settings.random(),
            settings.log(),
            type -> services.containsKey(type) ? services.get(type) : others.apply(type),
            settings.lambdas(),
            settings.timeout(),
            settings.memoryBudget(),
            settings.materializedRows()));
  }

  /** What the run was given. */
  public Settings settings() {
    return settings;
  }

  /** Replacements of builtins while a test runs; null outside tests. */
  public Mocks mocks() {
    return mocks;
  }

  RegexCache patterns() {
    return patterns;
  }

  /** Appends a line to the query log. */
  public void log(String line) {
    settings.log().append(line);
  }

  /** Ends the run: every stage stops at its next row. */
  public void cancel() {
    run.cancelled = true;
    run.lock.lock();
    try {
      run.ended.signalAll();
    } finally {
      run.lock.unlock();
    }
  }

  /** Makes a context usable again after {@link #cancel()}, unless its time is over. */
  public void resume() {
    run.cancelled = run.timedOut;
  }

  /** Whether rows are still wanted. */
  public boolean alive() {
    if (run.cancelled) {
      return false;
    }
    if (deadline != Long.MAX_VALUE && System.nanoTime() - deadline > 0) {
      run.timedOut = true;
      cancel();
      return false;
    }
    return true;
  }

  /** Whether the run ended because its time was over. */
  public boolean timedOut() {
    return run.timedOut;
  }

  /** Waits, unless the run ends first; false when it did. */
  boolean pause(Duration duration) {
    long left = Math.min(duration.toNanos(), remaining());
    run.lock.lock();
    try {
      while (left > 0 && !run.cancelled) {
        left = run.ended.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      run.cancelled = true;
    } finally {
      run.lock.unlock();
    }
    return alive();
  }

  private long remaining() {
    return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - System.nanoTime();
  }

  /** How long the run may go on, or a day where there is no timeout. */
  public Duration timeLeft() {
    return Duration.ofNanos(Math.max(0, Math.min(remaining(), TimeUnit.DAYS.toNanos(1))));
  }

  @SuppressWarnings("unchecked")
  <T> T state(Object key, Supplier<T> init) {
    Object found = run.state.get(key);
    if (found == null) {
      // Not computeIfAbsent: an initialiser may look other state up.
      T made = init.get();
      found = run.state.putIfAbsent(key, made);
      found = found == null ? made : found;
    }
    return (T) found;
  }

  <T> T service(Class<T> type) {
    return type.cast(settings.services().apply(type));
  }

  /** The text of the statement that runs, for messages. */
  public String statement() {
    return run.statement;
  }

  /** Says which statement runs now. */
  public void statement(String text) {
    run.statement = text;
  }
}
