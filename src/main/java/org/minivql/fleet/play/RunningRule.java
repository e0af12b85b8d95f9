package org.minivql.fleet.play;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.minivql.Execution;
import org.minivql.LogLine;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.artifact.Failures;
import org.minivql.artifact.Pitfalls;
import org.minivql.artifact.Request;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.text.Conditions;
import org.minivql.fleet.text.EventSites;
import org.minivql.fleet.text.QueryText;
import org.minivql.fleet.text.UnknownCalls;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Principal;
import org.minivql.registry.event.Rule;
import org.minivql.registry.event.Turns;
import org.minivql.spi.Pauses;
import org.minivql.spi.Warnings;
import org.minivql.syntax.tree.Select;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/**
 * A source of a server event artifact while it runs. Its thread only starts the query and then
 * waits; the events are handled on the thread that sends them.
 */
public final class RunningRule implements Conditions.Watcher, AutoCloseable {
  /** How lines end that say that an artifact or a column is missing. */
  private static final Pattern ABSENT = Pattern.compile(" not (known|found|present in row)$");

  private static final int MAX_LOG = 1000;
  private static final int MAX_FAILURES = 100;
  private static final long PATIENCE_SECONDS = 60;

  private final String name;
  private final Request request;
  private final Owner owner;
  private final Vql engine;
  private final Trace trace;
  private final QueryText queryText;
  private final Rule rule;
  private final List<String> log = new ArrayList<>();
  private final Map<String, Long> failures = new LinkedHashMap<>();
  private final AtomicLong matched = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private volatile RuntimeException failure;
  private volatile boolean stopping;
  private volatile boolean ended;
  private volatile boolean skipped;
  private Runnable silence = () -> {};
  private Execution execution;
  private Thread thread;
  private String text = "";
  private List<Select> sites = List.of();

  /** Who runs rules. */
  interface Owner {
    /** What their queries run in. */
    World world();

    /** Takes notes of what they do; null for nobody. */
    Trace trace();

    /** Takes a row of one of them. */
    void row(RunningRule rule, Dict row);
  }

  /** A rule that does not run yet. */
  RunningRule(String name, Request request, Owner owner) {
    this.name = name;
    this.request = request;
    this.owner = owner;
    this.engine = owner.world().engine();
    this.trace = owner.trace();
    this.queryText = QueryText.of(request);
    this.rule = new Rule(name, queryText.mentions(), owner.world().turns(), queryText.mayWait());
    this.rule.whenStuck(this::giveUp);
  }

  public String name() {
    return name;
  }

  /** What runs: two that are equal need no restart. */
  public Request request() {
    return request;
  }

  public Rule rule() {
    return rule;
  }

  /** Starts the query and returns when it listens for events or is over. */
  void start(QueryOptions options) {
    log("server_monitoring: Collecting " + name);
    Pitfalls.of(List.of(request)).forEach(p -> warn(p.id(), p.message()));
    execution =
        engine.session(
            options
                .withEnv(request.env().toMap())
                .withService(Rule.class, rule)
                .withService(Conditions.Watcher.class, this)
                .withService(Pauses.class, owner.world().clock())
                .withService(Warnings.class, (scope, id, message) -> warn(id, message))
                .withLog(line -> log(line.text())));
    Turns.Turn turn = owner.world().turns().fork(false);
    thread = new Thread(() -> owner.world().turns().run(turn, this::run), "rule " + name);
    thread.setDaemon(true);
    thread.start();
    if (!owner.world().turns().settle(PATIENCE_SECONDS)) {
      throw new FleetException("the rule " + name + " does not come to listen for events");
    }
  }

  /** A query that never comes back would keep everything else from happening. */
  private void giveUp() {
    log(
        "ERROR:"
            + name
            + " waits, while it handles an event, for what can only happen afterwards: it is ended");
    execution.cancel();
  }

  private void run() {
    try {
      queries();
      if (!stopping) {
        // What it started beside ends with it.
        execution.close();
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      silence.run();
      ended = !stopping;
      if (ended) {
        log("server_monitoring: Finished collecting " + name);
      }
    }
  }

  private void queries() {
    run(request.preamble());
    if (!request.precondition().isBlank() && !holds()) {
      log(request.artifact().name() + ": Skipping query due to preconditions");
      skipped = true;
      return;
    }
    silence = owner.world().model().eventLogs().running(ClientRecord.SERVER, name);
    request.exports().forEach(this::run);
    for (Request.Query query : request.queries()) {
      text = query.text();
      sites = trace == null ? EventSites.overQueues(text) : EventSites.selects(text);
      execution.run(
          engine.compile(Conditions.watch(text, sites)),
          row -> {
            rows.incrementAndGet();
            if (trace != null) {
              trace.row(this, row);
            }
            owner.row(this, row);
            return !stopping;
          });
    }
  }

  private void run(String text) {
    if (!text.isBlank()) {
      execution.run(engine.compile(text), row -> true);
    }
  }

  private boolean holds() {
    boolean[] any = {false};
    execution.run(
        engine.compile(request.precondition()),
        row -> {
          any[0] = true;
          return false;
        });
    return any[0];
  }

  @Override
  public void condition(int site, boolean passed, Scope scope) {
    Select select = sites.get(site);
    boolean queue = EventSites.overQueue(select);
    if (passed && queue) {
      matched.incrementAndGet();
    }
    if (trace != null) {
      trace.condition(this, text, select, queue, passed, scope);
    }
  }

  /** Whether a server takes a line for a failure. */
  static boolean isError(LogLine line) {
    return line.level() == LogLine.Level.ERROR || Failures.says(line.text());
  }

  /** Whether a line says that a call was not permitted, which a server takes for no failure. */
  static boolean isRefusal(String text) {
    return text.contains("PermissionDenied");
  }

  /** Whether a line says that a call failed, whichever level it was logged at. */
  boolean isComplaint(String text) {
    return isRefusal(text) || ABSENT.matcher(text).find() || queryText.complains(text);
  }

  private void warn(String id, String message) {
    Event event = rule.current();
    owner.world().model().quirks().warn(id, name, event == null ? null : event.clientId(), message);
  }

  private void log(String text) {
    String unknown = UnknownCalls.warning(text, queryText);
    if (unknown != null) {
      warn(UnknownCalls.QUIRK, unknown);
    }
    LogLine line = LogLine.of(text);
    Alerts.send(
        owner.world().model(),
        line,
        ClientRecord.SERVER,
        name,
        null,
        new Origin(Principal.SUPERUSER, name, rule.current()));
    boolean error = isError(line);
    if (error) {
      errors.incrementAndGet();
    }
    boolean failed = error || isComplaint(text);
    if (trace != null && failed) {
      trace.failed(this, text);
    }
    synchronized (log) {
      if (failed && (failures.size() < MAX_FAILURES || failures.containsKey(text))) {
        failures.merge(text, 1L, Long::sum);
      }
      if (log.size() < MAX_LOG) {
        log.add(text);
        keep(line);
      }
    }
  }

  /** What a rule logs can be read by others. */
  private void keep(LogLine line) {
    Instant now = owner.world().model().clock().instant();
    Dict row =
        Dict.of(
            "Timestamp", now.getEpochSecond(),
            "Level", line.level().name(),
            "Message", line.message() + "\n");
    owner.world().model().eventLogs().add(ClientRecord.SERVER, name, now, row);
  }

  /** Whether another rule runs the same queries with the same variables. */
  boolean runsLike(RunningRule other) {
    Request a = request;
    Request b = other.request;
    return name.equals(other.name)
        && a.env().equals(b.env())
        && a.preamble().equals(b.preamble())
        && a.precondition().equals(b.precondition())
        && a.exports().equals(b.exports())
        && a.queries().equals(b.queries());
  }

  /** Whether its precondition kept it from running. */
  public boolean skipped() {
    return skipped;
  }

  /** What failed, as its log says it, once each. */
  public List<String> failures() {
    synchronized (log) {
      return List.copyOf(failures.keySet());
    }
  }

  /** Whether the query ran and came to an end by itself. */
  public boolean ended() {
    return ended && !skipped;
  }

  /** How it did so far. */
  Plan.RuleReport report() {
    synchronized (log) {
      return new Plan.RuleReport(
          name, rule.eventsSeen(), matched.get(), rows.get(), errors.get(), failures, log);
    }
  }

  /** What went wrong in the program itself, or null. */
  RuntimeException failure() {
    return failure;
  }

  @Override
  public void close() {
    stopping = true;
    if (execution != null) {
      execution.cancel();
    }
    if (thread != null && owner.world().turns().settle(PATIENCE_SECONDS)) {
      thread.interrupt();
      try {
        thread.join(PATIENCE_SECONDS * 1000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (execution != null) {
      execution.close();
    }
  }
}
