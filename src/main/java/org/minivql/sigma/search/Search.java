package org.minivql.sigma.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.minivql.sigma.event.EventView;
import org.minivql.value.Dict;

/**
 * A named search of a rule: any of the alternatives, all entries of it; or any of the keywords.
 *
 * @param name its name
 * @param alternatives lists of entries
 * @param keywords each decides about an event as JSON in small letters
 * @param shownKeywords as written
 */
public record Search(
    String name,
    List<FieldTest[]> alternatives,
    List<Predicate<String>> keywords,
    List<Object> shownKeywords) {

  public boolean test(EventView event) {
    for (int i = 0; i < alternatives.size(); i++) {
      if (every(alternatives.get(i), event)) {
        return true;
      }
    }
    for (int i = 0; i < keywords.size(); i++) {
      if (keywords.get(i).test(event.json())) {
        return true;
      }
    }
    return false;
  }

  private static boolean every(FieldTest[] entries, EventView event) {
    for (FieldTest entry : entries) {
      if (!entry.test(event)) {
        return false;
      }
    }
    return true;
  }

  /** The atoms one of which an event must have; null where any event can match. */
  public List<Atom> atoms() {
    if (!keywords.isEmpty()) {
      return null;
    }
    List<Atom> union = new ArrayList<>();
    for (FieldTest[] entries : alternatives) {
      List<Atom> rarest = null;
      for (FieldTest entry : entries) {
        rarest = Atom.rarer(rarest, entry.atoms());
      }
      if (rarest == null) {
        return null;
      }
      union.addAll(rarest);
    }
    return union;
  }

  /** How the search is shown with a match. */
  public Dict shown() {
    Dict.Builder dict = Dict.builder();
    if (!shownKeywords.isEmpty()) {
      dict.set("keywords", shownKeywords);
    }
    List<Object> matchers = new ArrayList<>();
    for (FieldTest[] entries : alternatives) {
      List<Object> shown = new ArrayList<>();
      for (FieldTest entry : entries) {
        shown.add(shown(entry));
      }
      matchers.add(shown);
    }
    if (!matchers.isEmpty()) {
      dict.set("event_matchers", matchers);
    }
    return dict.build();
  }

  private static Dict shown(FieldTest entry) {
    Dict.Builder dict = Dict.builder().set("field", entry.field().name());
    if (!entry.modifiers().isEmpty()) {
      dict.set("modifiers", new ArrayList<Object>(entry.modifiers()));
    }
    return dict.set("values", entry.values()).build();
  }
}
