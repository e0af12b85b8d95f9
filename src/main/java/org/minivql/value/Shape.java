package org.minivql.value;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * An ordered list of distinct column names, shared by all rows that have them.
 *
 * <p>Two rows of the same shape keep the same column in the same cell, so a place in a query that
 * has seen a shape once needs no further lookup by name. Shapes are compared by identity on the hot
 * path; a producer of rows therefore keeps its shapes and does not make one a row.
 *
 * @since 0.1.0
 */
public final class Shape {
  /** The shape without columns. */
  public static final Shape EMPTY = new Shape(new String[0], false);

  private static final int LINEAR = 8;

  private final String[] names;
  private final int[] buckets;
  private final List<String> view;

  private final boolean folded;

  private Shape(String[] names, boolean folded) {
    this.names = names;
    this.folded = folded;
    this.view = Collections.unmodifiableList(Arrays.asList(names));
    this.buckets = names.length > LINEAR ? index(names) : null;
  }

  /**
   * A shape with these names.
   *
   * @throws IllegalArgumentException when a name occurs twice
   */
  public static Shape of(String... names) {
    if (names.length == 0) {
      return EMPTY;
    }
    String[] copy = names.clone();
    Shape shape = new Shape(copy, false);
    for (int i = 0; i < copy.length; i++) {
      if (shape.indexOf(copy[i]) != i) {
        throw new IllegalArgumentException("column named twice: " + copy[i]);
      }
    }
    return shape;
  }

  /** A shape with these names, all different. */
  public static Shape of(List<String> names) {
    return of(names.toArray(new String[0]));
  }

  /** A shape with these names, all different, in which a name is also found in another case. */
  public static Shape foldedOf(List<String> names) {
    return new Shape(names.toArray(new String[0]), true);
  }

  private static int[] index(String[] names) {
    int size = Integer.highestOneBit(names.length * 4 - 1);
    int[] buckets = new int[size];
    for (int i = 0; i < names.length; i++) {
      int at = spread(names[i]) & (size - 1);
      while (buckets[at] != 0) {
        if (names[buckets[at] - 1].equals(names[i])) {
          break;
        }
        at = (at + 1) & (size - 1);
      }
      if (buckets[at] == 0) {
        buckets[at] = i + 1;
      }
    }
    return buckets;
  }

  private static int spread(String name) {
    int h = name.hashCode();
    return h ^ (h >>> 15);
  }

  /** The number of columns. */
  public int size() {
    return names.length;
  }

  /** The name of a column. */
  public String name(int index) {
    return names[index];
  }

  /** The names in order; unmodifiable. */
  public List<String> names() {
    return view;
  }

  /** Whether names are found in any case. */
  public boolean folded() {
    return folded;
  }

  /** Where a column is, or -1. */
  public int indexOf(String name) {
    int index = exact(name);
    if (index < 0 && folded) {
      for (int i = 0; i < names.length; i++) {
        if (names[i].equalsIgnoreCase(name)) {
          return i;
        }
      }
    }
    return index;
  }

  private int exact(String name) {
    if (buckets == null) {
      for (int i = 0; i < names.length; i++) {
        if (names[i].equals(name)) {
          return i;
        }
      }
      return -1;
    }
    int at = spread(name) & (buckets.length - 1);
    while (buckets[at] != 0) {
      int i = buckets[at] - 1;
      if (names[i].equals(name)) {
        return i;
      }
      at = (at + 1) & (buckets.length - 1);
    }
    return -1;
  }

  /** Whether both list the same names in the same order. */
  public boolean sameNames(Shape other) {
    return this == other || Arrays.equals(names, other.names);
  }

  @Override
  public String toString() {
    return view.toString();
  }
}
