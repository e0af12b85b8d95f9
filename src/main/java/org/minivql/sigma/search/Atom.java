package org.minivql.sigma.search;

import java.util.List;
import java.util.Locale;
import org.minivql.sigma.event.Field;
import org.minivql.value.Bytes;

/**
 * A text that a field must have somewhere, and the least that a search wants of an event. Lists of
 * atoms mean that one of them must be there; null stands for anything at all.
 *
 * @param field the field
 * @param text in small letters, with the marks of the beginning and end where it must touch them
 */
public record Atom(Field field, String text) {
  /** Stands before each text; no character, so that texts do not have it. */
  static final char BEGIN = '\uFFFE';

  /** Stands behind each text. */
  static final char END = '\uFFFF';

  /**
   * The atom of a comparison, or null where any text would do.
   *
   * @param comparator {@code contains}, {@code startswith}, {@code endswith}, or empty for equality
   */
  static Atom of(Field field, String comparator, String wanted, boolean cased) {
    // Small letters can depend on their neighbours, which a part of a text has others of.
    if (cased && !Bytes.isAscii(wanted)) {
      return null;
    }
    boolean begins = comparator.isEmpty() || comparator.equals("startswith");
    boolean ends = comparator.isEmpty() || comparator.equals("endswith");
    String text = (begins ? BEGIN : "") + wanted.toLowerCase(Locale.ROOT) + (ends ? END : "");
    return text.isEmpty() ? null : new Atom(field, text);
  }

  /** Of two lists that both must hold, the one that fewer events have. */
  public static List<Atom> rarer(List<Atom> one, List<Atom> other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return shortest(other) > shortest(one) ? other : one;
  }

  private static int shortest(List<Atom> atoms) {
    int shortest = Integer.MAX_VALUE;
    for (Atom atom : atoms) {
      shortest = Math.min(shortest, atom.text().length());
    }
    return shortest;
  }
}
