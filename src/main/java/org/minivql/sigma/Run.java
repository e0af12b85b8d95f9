package org.minivql.sigma;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minivql.sigma.event.EventView;
import org.minivql.sigma.event.Field;
import org.minivql.sigma.event.Fields;
import org.minivql.sigma.reader.Host;
import org.minivql.sigma.search.SearchCompiler.FieldUse;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.Values;
import org.minivql.value.text.Text;

/** One run of rules over log sources. */
final class Run {
  private static final int PROBES = 100;

  private final Scope scope;
  private final Host host;
  private final Options options;
  private final Set<FieldUse> unmapped = new LinkedHashSet<>();
  private final EventView event;
  private final EventView changed;
  private final MatchRows rows;
  private final Map<Rule, Scope> scopes = new IdentityHashMap<>();
  private final Map<Rule, Map<Rule, Correlator>> correlators = new IdentityHashMap<>();
  private final Searching truth = new Searching();
  private long hits;
  private boolean wanted = true;

  /** Tests searches when a condition asks; one object for all events. */
  private static final class Searching implements Condition.Truth {
    private Rule rule;
    private EventView event;

    @Override
    public boolean of(int search) {
      return rule.searches().get(search).test(event);
    }
  }

  Run(Scope scope, Host host, Options options, Fields fields, List<Rule> rules) {
    this.scope = scope;
    this.host = host;
    this.options = options;
    this.rows = new MatchRows(scope, options, fields);
    Field timestamp = fields.of("Timestamp");
    for (Rule rule : rules) {
      if (rule.correlation() != null) {
        link(rule, rules, timestamp);
      }
    }
    this.event = new EventView(scope, fields.size());
    this.changed = new EventView(scope, fields.size());
  }

  private void link(Rule correlation, List<Rule> rules, Field timestamp) {
    Correlator correlator = new Correlator(correlation.correlation(), timestamp);
    for (Rule rule : rules) {
      if (rule.correlation() == null && rule.listedIn(correlation.correlation().rules())) {
        correlators
            .computeIfAbsent(rule, ignored -> new LinkedHashMap<>())
            .put(correlation, correlator);
      }
    }
  }

  void over(LogSources sources, Map<LogSource, List<Rule>> selected, Sink out) {
    selected.forEach(
        (source, rules) -> {
          if (wanted) {
            consume(source, rules, sources, out);
          }
        });
    for (FieldUse use : unmapped) {
      if (event.neverFound(use.field())) {
        use.notes()
            .warn(
                null,
                use.line(),
                use.column(),
                "field " + use.field().name() + " is not mapped, and no event has it");
      }
    }
    host.log("INFO:sigma: Completed with " + hits + " hits");
  }

  private void consume(LogSource source, List<Rule> rules, LogSources sources, Sink out) {
    RuleIndex index = new RuleIndex(rules);
    rules.forEach(rule -> unmapped.addAll(rule.unmapped()));
    Instant start = scope.clock().instant();
    long[] consumed = {0};
    sources
        .queries()
        .get(source)
        .run(
            scope,
            row -> {
              event.show(row);
              if (++consumed[0] <= PROBES) {
                rules.forEach(this::probe);
              }
              if (options.debug()) {
                rules.forEach(rule -> look(rule, out));
              } else {
                look(rules, index.candidates(event), out);
              }
              return wanted;
            });
    double seconds = Duration.between(start, scope.clock().instant()).toNanos() / 1e9;
    host.log(
        "INFO:sigma: Consumed "
            + consumed[0]
            + " messages from log source "
            + source.text()
            + " on "
            + rules.size()
            + " rules ("
            + Text.ofDouble(seconds)
            + "s)");
  }

  /** Fields that are not mapped may be mistakes, also in rules that no event comes near to. */
  private void probe(Rule rule) {
    rule.unmapped().forEach(use -> event.value(use.field()));
  }

  private void look(List<Rule> rules, BitSet candidates, Sink out) {
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      look(rules.get(i), out);
    }
  }

  private void look(Rule rule, Sink out) {
    if (!wanted) {
      return;
    }
    EventView seen = rule.transform() == null ? event : transformed(rule);
    boolean match = matches(rule, seen);
    if (!match && !options.debug()) {
      return;
    }
    Map<Rule, Correlator> counting = match ? correlators.get(rule) : null;
    if (counting == null) {
      send(rows.match(rule, seen, scope(rule)), out, match);
      return;
    }
    Dict row = rows.event(seen);
    boolean shows = false;
    for (Map.Entry<Rule, Correlator> entry : counting.entrySet()) {
      Rule correlation = entry.getKey();
      List<Object> events = entry.getValue().offer(seen, row, rule.header().title());
      if (events != null && wanted) {
        send(rows.correlation(correlation, seen, scope(correlation), events), out, true);
      }
      shows |= correlation.correlation().generate();
    }
    if (shows && wanted) {
      send(rows.match(rule, seen, scope(rule)), out, true);
    }
  }

  private void send(Dict row, Sink out, boolean hit) {
    hits += hit ? 1 : 0;
    wanted = out.row(row);
  }

  private boolean matches(Rule rule, EventView seen) {
    truth.rule = rule;
    truth.event = seen;
    List<Condition> conditions = rule.conditions();
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).test(truth)) {
        return true;
      }
    }
    return false;
  }

  private EventView transformed(Rule rule) {
    changed.show(Values.reduce(rule.transform().call(scope(rule), event.event())));
    return changed;
  }

  private Scope scope(Rule rule) {
    if (rule.variables().size() == 0) {
      return scope;
    }
    return scopes.computeIfAbsent(rule, key -> scope.with(key.variables()));
  }
}
