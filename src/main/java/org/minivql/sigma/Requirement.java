package org.minivql.sigma;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what a field must be for a condition to hold. Null means anything. */
final class Requirement {
  private Requirement() {}

  static Set<String> any(List<Condition> conditions, Rule rule, Field field) {
    Set<String> union = new HashSet<>();
    for (Condition condition : conditions) {
      Set<String> one = of(condition, rule, field);
      if (one == null) {
        return null;
      }
      union.addAll(one);
    }
    return union;
  }

  private static Set<String> all(List<Condition> conditions, Rule rule, Field field) {
    for (Condition condition : conditions) {
      Set<String> one = of(condition, rule, field);
      if (one != null) {
        return one;
      }
    }
    return null;
  }

  private static Set<String> of(Condition condition, Rule rule, Field field) {
    if (condition instanceof Condition.Never) {
      return Set.of();
    }
    if (condition instanceof Condition.Named named) {
      return named.search() < 0 ? Set.of() : of(rule.searches().get(named.search()), field);
    }
    if (condition instanceof Condition.And and) {
      return all(and.parts(), rule, field);
    }
    if (condition instanceof Condition.Or or) {
      return any(or.parts(), rule, field);
    }
    if (condition instanceof Condition.Quantified some) {
      List<Condition> named = new ArrayList<>();
      for (int search : some.searches()) {
        named.add(new Condition.Named("", search));
      }
      return some.all() && !named.isEmpty() ? all(named, rule, field) : any(named, rule, field);
    }
    return null;
  }

  private static Set<String> of(Search search, Field field) {
    if (!search.keywords().isEmpty()) {
      return null;
    }
    Set<String> union = new HashSet<>();
    for (FieldTest[] entries : search.alternatives()) {
      Set<String> one = of(entries, field);
      if (one == null) {
        return null;
      }
      union.addAll(one);
    }
    return union;
  }

  private static Set<String> of(FieldTest[] entries, Field field) {
    for (FieldTest entry : entries) {
      if (entry.field() == field && entry.exact() != null) {
        return entry.exact();
      }
    }
    return null;
  }
}
