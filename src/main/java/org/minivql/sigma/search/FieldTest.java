package org.minivql.sigma.search;

import java.util.List;
import org.minivql.sigma.event.EventView;
import org.minivql.sigma.event.Field;

/**
 * One entry of a search: a field and the values wanted for it.
 *
 * @param field the field
 * @param modifiers as written
 * @param values as written, without places
 * @param tests one for each value
 * @param all whether all must hold instead of any
 * @param negated whether the opposite is wanted
 * @param atoms texts one of which the field must have for the entry to hold; null for any
 * @param equality tells of values that differ from the wanted ones only in case; null where case
 *     does not count or is meant
 */
record FieldTest(
    Field field,
    List<String> modifiers,
    List<Object> values,
    ValueTest[] tests,
    boolean all,
    boolean negated,
    List<Atom> atoms,
    NearMiss equality) {

  /** Whether the event's field is as wanted. */
  boolean test(EventView event) {
    boolean holds = all ? every(event) : some(event);
    if (!holds && equality != null) {
      equality.look(event, field);
    }
    return holds != negated;
  }

  private boolean some(EventView event) {
    for (ValueTest test : tests) {
      if (test.test(event, field)) {
        return true;
      }
    }
    return false;
  }

  private boolean every(EventView event) {
    for (ValueTest test : tests) {
      if (!test.test(event, field)) {
        return false;
      }
    }
    return tests.length > 0;
  }
}
