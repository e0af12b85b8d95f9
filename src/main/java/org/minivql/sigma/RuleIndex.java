package org.minivql.sigma;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.sigma.event.EventView;
import org.minivql.sigma.event.Field;
import org.minivql.sigma.search.Atom;
import org.minivql.sigma.search.Automaton;
import org.minivql.value.Absent;

/**
 * The rules of one log source by the texts they want, so that an event meets only the rules that
 * can match it. Rules keep their numbers, and so their order.
 */
final class RuleIndex {
  private final BitSet open = new BitSet();
  private final List<FieldIndex> fields = new ArrayList<>();
  private final BitSet candidates = new BitSet();

  /**
   * The rules that want a text of one field.
   *
   * @param rules their numbers
   * @param words finds those whose text is there
   */
  private record FieldIndex(Field field, BitSet rules, Automaton words) {
    void look(EventView event, BitSet candidates) {
      Object value = event.value(field);
      if (value instanceof String || value instanceof Long) {
        words.scan(event.lower(field), candidates);
      } else if (value != null && value != Absent.ABSENT) {
        // Other values can be equal to one whose text differs from theirs.
        candidates.or(rules);
      }
    }
  }

  RuleIndex(List<Rule> rules) {
    Map<Field, Map<String, List<Integer>>> wanted = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      List<Atom> atoms = Requirement.of(rules.get(i));
      if (atoms == null) {
        open.set(i);
        continue;
      }
      for (Atom atom : atoms) {
        wanted
            .computeIfAbsent(atom.field(), field -> new HashMap<>())
            .computeIfAbsent(atom.text(), text -> new ArrayList<>())
            .add(i);
      }
    }
    wanted.forEach((field, words) -> fields.add(index(field, words)));
  }

  private static FieldIndex index(Field field, Map<String, List<Integer>> words) {
    BitSet rules = new BitSet();
    words.values().forEach(numbers -> numbers.forEach(rules::set));
    return new FieldIndex(field, rules, new Automaton(words));
  }

  /** The numbers of the rules that an event can match; valid until the next event. */
  BitSet candidates(EventView event) {
    candidates.clear();
    candidates.or(open);
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).look(event, candidates);
    }
    return candidates;
  }
}
