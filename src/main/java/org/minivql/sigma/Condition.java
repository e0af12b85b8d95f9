package org.minivql.sigma;

import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Dict;

/** A condition over the searches of a rule. */
sealed interface Condition {
  /** The truth, given the truth of each search. */
  boolean test(Truth truth);

  /** How the condition is shown with a match. */
  Object shown();

  /** The truth of the searches for one event. */
  interface Truth {
    boolean of(int search);
  }

  /** A search by its name; an undefined one has the index -1 and is false. */
  record Named(String name, int search) implements Condition {
    @Override
    public boolean test(Truth truth) {
      return search >= 0 && truth.of(search);
    }

    @Override
    public Object shown() {
      return Dict.of("Name", name);
    }
  }

  /** Both or all. */
  record And(List<Condition> parts) implements Condition {
    @Override
    public boolean test(Truth truth) {
      for (int i = 0; i < parts.size(); i++) {
        if (!parts.get(i).test(truth)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public Object shown() {
      return all(parts);
    }
  }

  /** One of them. */
  record Or(List<Condition> parts) implements Condition {
    @Override
    public boolean test(Truth truth) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i).test(truth)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Object shown() {
      return all(parts);
    }
  }

  /** The opposite. */
  record Not(Condition part) implements Condition {
    @Override
    public boolean test(Truth truth) {
      return !part.test(truth);
    }

    @Override
    public Object shown() {
      return Dict.of("Expr", part.shown());
    }
  }

  /**
   * {@code 1 of …} and {@code all of …}. Of no searches at all neither holds.
   *
   * @param all whether each of them must hold
   * @param searches the searches that are meant
   * @param shown how it is shown
   */
  record Quantified(boolean all, int[] searches, Object shown) implements Condition {
    @Override
    public boolean test(Truth truth) {
      for (int search : searches) {
        if (truth.of(search) != all) {
          return !all;
        }
      }
      return all && searches.length > 0;
    }
  }

  /** An aggregation, which the server never finds true. */
  record Never(Condition of) implements Condition {
    @Override
    public boolean test(Truth truth) {
      return false;
    }

    @Override
    public Object shown() {
      return of.shown();
    }
  }

  private static Object all(List<Condition> parts) {
    List<Object> shown = new ArrayList<>(parts.size());
    for (Condition part : parts) {
      shown.add(part.shown());
    }
    return shown;
  }
}
