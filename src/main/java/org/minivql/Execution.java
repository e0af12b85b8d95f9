package org.minivql;

import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.minivql.plan.PlannedStatement;
import org.minivql.runtime.Cancelled;
import org.minivql.runtime.Frame;
import org.minivql.runtime.Measures;
import org.minivql.runtime.QueryContext;
import org.minivql.runtime.QueryLog;
import org.minivql.spi.LogFeed;
import org.minivql.value.Dict;
import org.minivql.value.HostValues;
import org.minivql.value.Limit;
import org.minivql.value.Operators;
import org.minivql.value.Place;
import org.minivql.value.Sink;
import org.minivql.value.Values;
import org.minivql.value.time.ShownTimes;
import org.minivql.value.time.Times;

/**
 * One run: a scope in which programs run one after the other, each seeing the definitions of those
 * before. Not safe for use by several threads, except {@link #cancel()} and {@link #interrupt()}.
 *
 * @since 0.1.0
 */
public final class Execution implements AutoCloseable {
  private final QueryContext context;
  private final RunLog feed;
  private final QueryOptions options;
  private final Frame root;
  private final AtomicLong errors = new AtomicLong();
  private final boolean zones;
  private final long mostRows;
  private final QueryLog log = new Lines();
  private Frame scope;
  private Program program;
  private long rows;
  private long programRows;
  private boolean cancelled;
  private boolean closed;

  Execution(Vql engine, QueryOptions options) {
    this.options = options;
    this.mostRows = options.limits().of(Limit.ROWS);
    this.zones = engine.profile() != Profile.BARE;
    this.feed = new RunLog(options.clock() == null ? engine.clock() : options.clock());
    this.context = new QueryContext(settings(engine, options));
    this.root = Frame.root(context, Dict.of("NULL", null));
    Dict.Builder env = Dict.builder();
    engine.variables().forEach(env::set);
    options.env().forEach((name, value) -> env.set(name, HostValues.toVql(value)));
    this.scope = root.push(env.build());
    for (Object layer : options.layers()) {
      scope = scope.with(layer);
    }
  }

  private QueryContext.Settings settings(Vql engine, QueryOptions run) {
    return new QueryContext.Settings(
        engine.operators(),
        run.clock() == null ? engine.clock() : run.clock(),
        new Random(run.seed()),
        log,
        type -> service(engine, type),
        engine::lambda,
        run.limits(),
        engine.deadlines(),
        run.memoryBudget(),
        engine.profile().materializedRows(),
        engine.profile().reportsUnsorted());
  }

  private Object service(Vql engine, Class<?> type) {
    if (type == LogFeed.class) {
      return feed;
    }
    Object own = options.services().get(type);
    return own == null ? engine.service(type) : own;
  }

  /** What the run says. */
  private final class Lines implements QueryLog {
    @Override
    public void append(String line) {
      log(line, null);
    }

    @Override
    public void append(String line, Place at) {
      log(line, at);
    }
  }

  private void log(String text, Place at) {
    LogLine line = LogLine.of(text, at);
    if (line.level() == LogLine.Level.ERROR) {
      errors.incrementAndGet();
    }
    feed.add(text);
    options.log().accept(line);
  }

  Execution with(Program next) {
    this.program = next;
    return this;
  }

  /** Runs the program that the run was made for. */
  public RunResult run(RowHandler handler) {
    return run(program, handler);
  }

  /**
   * Runs a program in this scope; its definitions stay. An earlier {@link #interrupt()} does not
   * concern it.
   */
  public RunResult run(Program next, RowHandler handler) {
    boolean ended = false;
    begin();
    try {
      for (int i = 0; i < next.plan().size(); i++) {
        statement(next.plan().get(i), next.statements().get(i), handler);
      }
    } catch (Cancelled e) {
      ended = true;
    } catch (OutOfMemoryError e) {
      // What filled the heap is garbage by now: the frames that held it are gone.
      context.end(Limit.MEMORY);
    } catch (StackOverflowError e) {
      context.end(Limit.DEPTH);
    } finally {
      context.finish();
    }
    LimitReached limit = limit();
    boolean stopped = limit == null && (ended || isCancelled());
    return new RunResult(rows, errors.get(), limit, stopped);
  }

  private LimitReached limit() {
    Limit reached = context.reached();
    if (reached == null) {
      return null;
    }
    LimitReached limit =
        new LimitReached(reached, options.limits().of(reached), context.statement());
    log("ERROR:" + limit.message(), null);
    return limit;
  }

  /** How many rows the queries of the program that ran last, or runs now, have looked at. */
  public long scanned() {
    return context.held(Limit.SCANNED);
  }

  /** How much the run holds of something that is counted while it is held. */
  long held(Limit limit) {
    return context.held(limit);
  }

  /**
   * Runs a program as {@link #run(Program, RowHandler)} does and tells what each part of its plan
   * did. Queries that plugins compile themselves, those of artifacts for example, count where they
   * are called from.
   *
   * @param handler takes the rows as they come
   * @return the plan: each statement, its queries and their operators, from the top
   */
  public List<PlanStep> explain(Program next, RowHandler handler) {
    Measures measures = new Measures();
    StatementTimes times = new StatementTimes(handler);
    context.measures(measures);
    try {
      run(next, times);
    } finally {
      context.measures(null);
    }
    PlanSteps steps = new PlanSteps();
    for (int i = 0; i < next.plan().size(); i++) {
      next.plan().get(i).explain(measures, times.nanos(i), steps);
    }
    return steps.list();
  }

  private synchronized void begin() {
    programRows = 0;
    context.begin();
    if (cancelled) {
      context.cancel();
    }
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  private void statement(PlannedStatement statement, StatementInfo info, RowHandler handler) {
    handler.begin(info);
    scope = context.defined(statement.run(scope, new Output(handler)));
    handler.end(info);
  }

  /** The scope as it is now; for converters of rows that need one. */
  public org.minivql.value.Scope scope() {
    return scope;
  }

  /** Ends the run soon; may be called from any thread. Programs run later end at once, too. */
  public synchronized void cancel() {
    cancelled = true;
    context.cancel();
  }

  /** Ends the program that runs now soon; others can follow. May be called from any thread. */
  public synchronized void interrupt() {
    context.cancel();
  }

  /** Closes everything that the programs opened. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      scope.close();
      root.close();
      context.cancel();
    }
  }

  /** Brings rows into the form in which they leave the engine. */
  private final class Output implements Sink {
    private final RowHandler handler;
    private long delivered;
    private ZoneId zone;
    private boolean zoneKnown;

    Output(RowHandler handler) {
      this.handler = handler;
    }

    @Override
    public boolean row(Object row) {
      if (programRows++ >= mostRows) {
        context.end(Limit.ROWS);
        return false;
      }
      Dict dict = (Dict) row;
      rows++;
      delivered++;
      return handler.row(normalise(dict)) && delivered < options.rowsPerSelect();
    }

    private Dict normalise(Dict row) {
      if (row.isFlat()) {
        return row;
      }
      Operators operators = context.settings().operators();
      Object[] cells = null;
      for (int i = 0; i < row.size(); i++) {
        Object value = row.cell(i);
        Object normal = shown(operators.normalise(scope, value));
        if (normal != value) {
          if (cells == null) {
            cells = cells(row);
          }
          cells[i] = normal;
        }
      }
      return cells == null ? row : Dict.over(row.shape(), cells);
    }

    /** Times in the zone the program asks for, and else in UTC. */
    private Object shown(Object value) {
      boolean timeless = Values.isPlain(value) && !(value instanceof Dict);
      if (timeless) {
        return value;
      }
      if (!zoneKnown) {
        zoneKnown = true;
        zone = zones ? Times.shownZone(scope) : null;
      }
      return ShownTimes.in(zone, value);
    }

    private static Object[] cells(Dict row) {
      Object[] cells = new Object[row.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = row.cell(i);
      }
      return cells;
    }
  }
}
