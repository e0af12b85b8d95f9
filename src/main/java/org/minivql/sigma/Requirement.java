package org.minivql.sigma;

import java.util.ArrayList;
import java.util.List;
import org.minivql.sigma.search.Atom;

/** Finds what a rule wants of every event: atoms, one of which must be there. */
final class Requirement {
  private final Rule rule;

  private Requirement(Rule rule) {
    this.rule = rule;
  }

  /** The atoms of a rule; none where it never matches, null where any event can match. */
  static List<Atom> of(Rule rule) {
    return rule.transform() == null ? new Requirement(rule).any(rule.conditions()) : null;
  }

  private List<Atom> any(List<Condition> conditions) {
    List<Atom> union = new ArrayList<>();
    for (Condition condition : conditions) {
      List<Atom> one = of(condition);
      if (one == null) {
        return null;
      }
      union.addAll(one);
    }
    return union;
  }

  private List<Atom> all(List<Condition> conditions) {
    List<Atom> rarest = null;
    for (Condition condition : conditions) {
      rarest = Atom.rarer(rarest, of(condition));
    }
    return rarest;
  }

  private List<Atom> of(Condition condition) {
    if (condition instanceof Condition.Never) {
      return List.of();
    }
    if (condition instanceof Condition.Named named) {
      return named.search() < 0 ? List.of() : rule.searches().get(named.search()).atoms();
    }
    if (condition instanceof Condition.And and) {
      return all(and.parts());
    }
    if (condition instanceof Condition.Or or) {
      return any(or.parts());
    }
    if (condition instanceof Condition.Quantified some) {
      List<Condition> named = new ArrayList<>();
      for (int search : some.searches()) {
        named.add(new Condition.Named("", search));
      }
      return some.all() && !named.isEmpty() ? all(named) : any(named);
    }
    return null;
  }
}
