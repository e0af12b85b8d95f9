package org.minivql.sigma;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minivql.value.Absent;

/**
 * The rules of one log source by the values of the field that most of them ask for, so that an
 * event meets only those that can match it. The order of the rules is kept.
 */
final class RuleIndex {
  private static final int CANDIDATES = 4;

  private final Entry[] all;
  private final Entry[] open;
  private final Field field;
  private final Map<String, Entry[]> byValue = new HashMap<>();

  /**
   * A rule among those of a source.
   *
   * @param guard the number of the test that must hold for it
   */
  record Entry(Rule rule, int guard) {}

  RuleIndex(List<Rule> rules, Guards guards) {
    this.all =
        rules.stream().map(rule -> new Entry(rule, guards.number(rule))).toArray(Entry[]::new);
    this.field = busiest(rules);
    if (field == null) {
      this.open = all;
      return;
    }
    List<Set<String>> required = new ArrayList<>();
    Set<String> values = new HashSet<>();
    for (Rule rule : rules) {
      Set<String> texts = rule.required(field);
      required.add(texts);
      if (texts != null) {
        values.addAll(texts);
      }
    }
    this.open = select(required, null);
    for (String value : values) {
      byValue.put(value, select(required, value));
    }
  }

  private Entry[] select(List<Set<String>> required, String value) {
    List<Entry> selected = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      Set<String> texts = required.get(i);
      if (texts == null || value != null && texts.contains(value)) {
        selected.add(all[i]);
      }
    }
    return selected.toArray(new Entry[0]);
  }

  private static Field busiest(List<Rule> rules) {
    Map<Field, Integer> mentions = new LinkedHashMap<>();
    for (Rule rule : rules) {
      for (Search search : rule.searches()) {
        for (FieldTest[] entries : search.alternatives()) {
          for (FieldTest entry : entries) {
            if (entry.exact() != null) {
              mentions.merge(entry.field(), 1, Integer::sum);
            }
          }
        }
      }
    }
    return mentions.keySet().stream()
        .sorted(Comparator.comparing(mentions::get, Comparator.reverseOrder()))
        .limit(CANDIDATES)
        .max(Comparator.comparingLong(field -> demands(rules, field)))
        .filter(field -> demands(rules, field) > 0)
        .orElse(null);
  }

  private static long demands(List<Rule> rules, Field field) {
    return rules.stream().filter(rule -> rule.required(field) != null).count();
  }

  /** All rules. */
  Entry[] all() {
    return all;
  }

  /** The rules that an event can match. */
  Entry[] candidates(EventView event) {
    if (field == null) {
      return all;
    }
    Object value = event.value(field);
    if (value == null || value == Absent.ABSENT) {
      return open;
    }
    if (value instanceof String || value instanceof Long) {
      return byValue.getOrDefault(event.lower(field), open);
    }
    return all;
  }
}
