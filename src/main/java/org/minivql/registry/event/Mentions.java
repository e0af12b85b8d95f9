package org.minivql.registry.event;

import java.util.Set;

/**
 * The names in the text of a query: a warning about a member of a record is for those who use it.
 *
 * @param names every name and every member
 * @param comparedWithText those that the query compares with text
 * @since 0.1.0
 */
public record Mentions(Set<String> names, Set<String> comparedWithText) {
  /** Nothing is known about the text. */
  public static final Mentions NONE = new Mentions(Set.of(), Set.of());

  /** Takes copies of the sets. */
  public Mentions {
    names = Set.copyOf(names);
    comparedWithText = Set.copyOf(comparedWithText);
  }
}
