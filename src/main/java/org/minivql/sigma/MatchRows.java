package org.minivql.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.sigma.event.EventView;
import org.minivql.sigma.event.Fields;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/** The rows that matches become. */
final class MatchRows {
  private static final int MAX_TEXTS = 1000;

  private final Scope scope;
  private final Options options;
  private final Fields fields;
  private final Map<String, Details> details = new HashMap<>();

  MatchRows(Scope scope, Options options, Fields fields) {
    this.scope = scope;
    this.options = options;
    this.fields = fields;
  }

  /** The columns of the event itself. */
  Dict event(EventView event) {
    if (event.event() instanceof Dict dict) {
      return dict;
    }
    Dict.Builder row = Dict.builder();
    if (event.event() instanceof Members members) {
      for (String name : members.memberNames()) {
        Object value = members.member(name);
        if (value != Absent.ABSENT) {
          row.set(name, Values.reduce(value));
        }
      }
    } else {
      row.set("_value", event.event());
    }
    return row.build();
  }

  /** The row of a rule and an event. */
  Dict match(Rule rule, EventView event, Scope ruleScope) {
    Dict.Builder searches = Dict.builder();
    boolean[] truth = new boolean[rule.searches().size()];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = rule.searches().get(i).test(event);
      searches.set(rule.searches().get(i).name(), truth[i]);
    }
    List<Object> conditions = new ArrayList<>();
    boolean any = false;
    for (Condition condition : rule.conditions()) {
      boolean holds = condition.test(search -> truth[search]);
      conditions.add(holds);
      any |= holds;
    }
    Dict match =
        Dict.of("match", any, "search_results", searches.build(), "condition_results", conditions);
    return finish(event(event).toBuilder().set("_Match", match), rule, event, ruleScope);
  }

  /** The row of a correlation: the event that completed it, and all that were counted. */
  Dict correlation(Rule rule, EventView event, Scope ruleScope, List<Object> events) {
    return finish(event(event).toBuilder().set("_Correlations", events), rule, event, ruleScope);
  }

  private Dict finish(Dict.Builder row, Rule rule, EventView event, Scope ruleScope) {
    row.set("_Rule", rule.header().shown());
    row.set("Details", details(rule, event));
    if (rule.enrichment() != null) {
      row.set("Enrichment", call(rule.enrichment(), ruleScope, event));
    }
    return row.build();
  }

  private Object details(Rule rule, EventView event) {
    if (rule.details() != null) {
      return rule.details().of(event);
    }
    if (options.defaultDetails() == null) {
      return null;
    }
    Object value = call(options.defaultDetails(), scope, event);
    return value instanceof String text ? parsed(text).of(event) : value;
  }

  private Details parsed(String text) {
    Details known = details.get(text);
    if (known == null) {
      known = Details.parse(text, fields);
      if (text.indexOf('%') >= 0 && details.size() < MAX_TEXTS) {
        details.put(text, known);
      }
    }
    return known;
  }

  private static Object call(Lambda lambda, Scope scope, EventView event) {
    return Values.reduce(lambda.call(scope, event.event()));
  }
}
