package org.minivql.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tests that must hold for a rule to match. Rules often ask for the same thing first, such as the
 * name of a program; it is then tested once for an event, and rules behind a test that fails are
 * not looked at.
 */
final class Guards {
  private static final byte UNKNOWN = 0;
  private static final byte OPEN = 1;
  private static final byte SHUT = 2;

  private final List<FieldTest> tests = new ArrayList<>();
  private final Map<Rule, Integer> numbers = new IdentityHashMap<>();
  private final byte[] states;

  Guards(List<Rule> rules) {
    Map<Object, Integer> known = new HashMap<>();
    for (Rule rule : rules) {
      FieldTest test = rule.transform() == null ? of(rule) : null;
      if (test != null) {
        numbers.put(rule, known.computeIfAbsent(key(test), key -> add(test)));
      }
    }
    this.states = new byte[tests.size()];
  }

  private int add(FieldTest test) {
    tests.add(test);
    return tests.size() - 1;
  }

  /** What notices near misses does so for its own rule only, and is not shared. */
  private static Object key(FieldTest test) {
    return test.equality() == null
        ? List.of(test.field().name(), test.modifiers(), Arrays.asList(test.values().toArray()))
        : new Identity(test);
  }

  private static final class Identity {
    private final FieldTest test;

    Identity(FieldTest test) {
      this.test = test;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Identity that && that.test == test;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(test);
    }
  }

  private static FieldTest of(Rule rule) {
    return rule.conditions().size() == 1 ? of(rule.conditions().get(0), rule) : null;
  }

  private static FieldTest of(Condition condition, Rule rule) {
    if (condition instanceof Condition.Named named && named.search() >= 0) {
      return of(rule.searches().get(named.search()));
    }
    if (condition instanceof Condition.And and) {
      for (Condition part : and.parts()) {
        FieldTest test = of(part, rule);
        if (test != null) {
          return test;
        }
      }
    }
    return null;
  }

  private static FieldTest of(Search search) {
    return search.keywords().isEmpty() && search.alternatives().size() == 1
        ? search.alternatives().get(0)[0]
        : null;
  }

  /** The number of a rule's test, or -1. */
  int number(Rule rule) {
    return numbers.getOrDefault(rule, -1);
  }

  /** Forgets what is known of the event before. */
  void next() {
    Arrays.fill(states, UNKNOWN);
  }

  /** Whether a rule with this test can match the event. */
  boolean open(int number, EventView event) {
    if (number < 0) {
      return true;
    }
    byte state = states[number];
    if (state == UNKNOWN) {
      state = tests.get(number).test(event) ? OPEN : SHUT;
      states[number] = state;
    }
    return state == OPEN;
  }
}
