package org.minivql.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.minivql.spi.Mocks;
import org.minivql.value.Lambda;
import org.minivql.value.Limit;
import org.minivql.value.Operators;
import org.minivql.value.Place;

/** All state of one run of a program: limits, cancellation, log, services, caches. */
public final class QueryContext {
  /** About the longest time that nanoseconds can count. */
  private static final Duration LONGEST_PAUSE = Duration.ofNanos(Long.MAX_VALUE);

  private final Settings settings;
  private final RegexCache patterns;
  private final QueryContext run;

  /** The run that this one is a part of, and the outermost such; null and this for most. */
  private final QueryContext outer;

  private final QueryContext whole;
  private final QueryContext top;
  private final Set<QueryContext> nested = ConcurrentHashMap.newKeySet();
  private final Map<Object, Object> state;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Usage usage;
  private final long maxDepth;
  private volatile boolean cancelled;
  private Future<?> timer;
  private final Queue<UnaryOperator<Frame>> definitions = new ConcurrentLinkedQueue<>();
  private final Mocks mocks;
  private volatile String statement = "";
  private volatile Measures measures;

  /**
   * What a run is given.
   *
   * @param operators the meaning of operators
   * @param clock the clock
   * @param random the source of randomness
   * @param log takes log lines
   * @param services looks a service up by its type
   * @param lambdas compiles the text of a lambda
   * @param limits how much of each thing the run may use
   * @param deadlines ends the run when its time is over
   * @param materializedRows how many rows of a materialised LET can be indexed, mapped and written;
   *     0 for any number
   * @param reportsUnsorted whether a row without the column of its ORDER BY is logged
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
      Limits limits,
      Deadlines deadlines,
      long memoryBudget,
      long materializedRows,
      boolean reportsUnsorted) {}

  /** A run that has just begun. */
  public QueryContext(Settings settings) {
    this.settings = settings;
    this.run = this;
    this.outer = null;
    this.whole = this;
    this.top = this;
    this.state = new ConcurrentHashMap<>();
    this.patterns = new RegexCache();
    this.mocks = (Mocks) settings.services().apply(Mocks.class);
    this.usage = new Usage(settings.limits());
    this.maxDepth = Math.min(Frame.MAX_DEPTH, settings.limits().of(Limit.DEPTH));
  }

  /** The same run with other settings, or, where the run is null, a part of another one. */
  private QueryContext(QueryContext same, QueryContext outer, Settings settings) {
    QueryContext run = same == null ? outer : same;
    this.settings = settings;
    this.run = same == null ? this : same;
    this.outer = outer;
    this.whole = run.whole;
    this.top = run.top;
    this.state = run.state;
    this.patterns = run.patterns;
    this.mocks = run.mocks;
    this.usage = run.usage;
    this.maxDepth = run.maxDepth;
  }

  private QueryContext(QueryContext outer, Settings settings, boolean fresh) {
    this.settings = settings;
    this.run = this;
    this.outer = null;
    this.whole = this;
    this.top = outer.top;
    this.state = fresh ? new ConcurrentHashMap<>() : outer.state;
    this.patterns = fresh ? new RegexCache() : outer.patterns;
    this.mocks = outer.mocks;
    this.usage = outer.usage;
    this.maxDepth = outer.maxDepth;
  }

  /**
   * A run inside this one, for a query that can end before it. It counts against the same limits;
   * to be given to {@link #leave} when it is over.
   *
   * @param services what it is given instead of the services of this run
   * @param fresh whether it has caches of its own
   */
  public QueryContext enter(Map<Class<?>, Object> services, boolean fresh) {
    QueryContext inner = new QueryContext(this, settings(services), fresh);
    for (QueryContext at = run; at != null; at = at.outer) {
      at.nested.add(inner);
    }
    if (!alive()) {
      inner.cancel();
    }
    return inner;
  }

  /** The same run as a query in it sees it that is given other services. */
  public QueryContext with(Map<Class<?>, Object> services) {
    return new QueryContext(run, null, settings(services));
  }

  /**
   * A part of this run that can be cancelled alone: all else, definitions too, is that of the run.
   * To be given to {@link #join} when it is over.
   */
  public QueryContext part() {
    return new QueryContext(null, run, settings);
  }

  /** The same run without the part of it that this is. */
  public QueryContext beyond() {
    return run.outer == null ? this : new QueryContext(whole, null, settings);
  }

  /** A part is over: what of it lives on, such as work beside the query, ends with this run. */
  public void join(QueryContext part) {
    part.cancelled = false;
  }

  private Settings settings(Map<Class<?>, Object> services) {
    Function<Class<?>, Object> others = settings.services();
    return new Settings(
        settings.operators(),
        settings.clock(),
        settings.random(),
        settings.log(),
        type -> services.containsKey(type) ? services.get(type) : others.apply(type),
        settings.lambdas(),
        settings.limits(),
        settings.deadlines(),
        settings.memoryBudget(),
        settings.materializedRows(),
        settings.reportsUnsorted());
  }

  /** A run inside this one is over. */
  public void leave(QueryContext inner) {
    for (QueryContext at = run; at != null; at = at.outer) {
      at.nested.remove(inner);
    }
    inner.finish();
  }

  /** Ends this run after so much time; a time set before counts no longer. */
  public void endAfter(Duration most, Runnable expired) {
    finish();
    run.timer =
        settings
            .deadlines()
            .after(
                most.toMillis(),
                () -> {
                  expired.run();
                  cancel();
                });
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

  /** Appends a line about something in the program. */
  public void log(String line, Place at) {
    settings.log().append(line, at);
  }

  /** Ends the run: every stage stops at its next row. */
  public void cancel() {
    run.cancelled = true;
    run.whole.lock.lock();
    try {
      run.whole.ended.signalAll();
    } finally {
      run.whole.lock.unlock();
    }
    run.nested.forEach(QueryContext::cancel);
  }

  /** A program begins: an earlier end is forgotten, and its time starts now. */
  public void begin() {
    run.usage.begin();
    run.cancelled = false;
    long millis = settings.limits().of(Limit.TIME);
    if (millis != Long.MAX_VALUE) {
      run.timer = settings.deadlines().after(millis, () -> reach(Limit.TIME));
    }
  }

  /** The program is over. */
  public void finish() {
    if (run.timer != null) {
      run.timer.cancel(false);
      run.timer = null;
    }
  }

  /** Whether rows are still wanted. */
  public boolean alive() {
    for (QueryContext at = run; at != null; at = at.outer) {
      if (at.cancelled) {
        return false;
      }
    }
    return true;
  }

  /** The limit that ended the program, or null. */
  public Limit reached() {
    return usage.reached();
  }

  private void reach(Limit limit) {
    usage.reach(limit);
    top.cancel();
  }

  /** Counts something against a limit; false when that was too much and the run ends. */
  public boolean admit(Limit limit, long amount) {
    if (usage.add(limit, amount)) {
      return true;
    }
    reach(limit);
    return false;
  }

  /** Counts rows that a SELECT looked at; false when there were too many and the run ends. */
  public boolean look(long rows) {
    if (usage.look(rows)) {
      return true;
    }
    reach(Limit.SCANNED);
    return false;
  }

  /** Counts something that is given back later; ends the run here when it is too much. */
  void claim(Limit limit, long amount) {
    if (!admit(limit, amount)) {
      release(limit, amount);
      throw new Cancelled();
    }
  }

  void release(Limit limit, long amount) {
    usage.remove(limit, amount);
  }

  /** Ends the run here when an amount alone is too much. */
  void check(Limit limit, long amount) {
    if (amount > settings.limits().of(limit)) {
      reach(limit);
      throw new Cancelled();
    }
  }

  /** Ends the run as if it had met a limit: the heap or a stack is full. */
  public void end(Limit limit) {
    reach(limit);
  }

  /** How much the run holds of something now. */
  public long held(Limit limit) {
    return usage.used(limit);
  }

  /** From this depth on scopes are too deep. */
  long maxDepth() {
    return maxDepth;
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(LONGEST_PAUSE) > 0 ? Long.MAX_VALUE : duration.toNanos();
  }

  /** Waits, unless the run ends first; false when it did. */
  boolean pause(Duration duration) {
    long left = nanos(duration);
    run.whole.lock.lock();
    try {
      while (left > 0 && alive()) {
        left = run.whole.ended.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      run.whole.cancelled = true;
    } finally {
      run.whole.lock.unlock();
    }
    return alive();
  }

  /** A run of its own for what is done after this one, with the same limits and less time. */
  QueryContext atEnd(Duration most) {
    QueryContext after = new QueryContext(settings);
    after.timer = settings.deadlines().after(most.toMillis(), after::cancel);
    return after;
  }

  @SuppressWarnings("unchecked")
  <T> T state(Object key, Supplier<T> init) {
    Object found = state.get(key);
    if (found == null) {
      // Not computeIfAbsent: an initialiser may look other state up.
      T made = init.get();
      found = state.putIfAbsent(key, made);
      found = found == null ? made : found;
    }
    return (T) found;
  }

  <T> T service(Class<T> type) {
    return type.cast(settings.services().apply(type));
  }

  /** Has definitions made that the statements after the present one see. */
  public void define(UnaryOperator<Frame> definitions) {
    run.whole.definitions.add(definitions);
  }

  /** The scope for the next statement: with what {@link #define} was given since the last one. */
  public Frame defined(Frame scope) {
    Frame next = scope;
    for (UnaryOperator<Frame> more = run.whole.definitions.poll();
        more != null;
        more = run.whole.definitions.poll()) {
      next = more.apply(next);
    }
    return next;
  }

  /** The text of the statement that runs, for messages. */
  public String statement() {
    return top.statement;
  }

  /** Says which statement runs now. */
  public void statement(String text) {
    top.statement = text;
  }

  /** Where queries that start now say what they do; null where nobody asks. */
  public Measures measures() {
    return top.measures;
  }

  /** Says where queries that start from now on say what they do; null for nowhere. */
  public void measures(Measures target) {
    top.measures = target;
  }
}
