package org.minivql.runtime;

import java.util.concurrent.ConcurrentHashMap;
import org.minivql.value.Shape;

/**
 * The picture of a scope without its values: which kind of layer, of which shape, lies on which
 * layout.
 *
 * <p>Scoping is dynamic, so where a name is found is known only at run time; but two scopes of the
 * same layout find it in the same place. A symbol of a compiled query remembers the place for the
 * layouts it met, compares identities and reads the cell. Layouts belong to one run.
 */
public final class Layout {
  /** How a layer answers for a name it may not have. */
  public enum Kind {
    /** Columns of a shape; goes on to the next layer. */
    ROW,
    /** Output columns of a select; goes on, but the name is then missing without a message. */
    OUTPUT,
    /** A number, string or bool used as a row: has nothing, and silences the message. */
    SCALAR,
    /** NULL used as a row: has every name, with the value NULL. */
    NULL,
    /** A list used as a row: has every name, mapped over its elements. */
    LIST,
    /** A host object, which has to be asked each time. */
    OBJECT
  }

  private static final int MAX_CHILDREN = 512;
  private static final int MAX_PLACES = 4096;

  private final Layout parent;
  private final Kind kind;
  private final Shape shape;
  private final ConcurrentHashMap<Key, Layout> children = new ConcurrentHashMap<>(4);
  private final ConcurrentHashMap<String, Place> places = new ConcurrentHashMap<>(8);
  private Layout lastChild;

  private record Key(Kind kind, int shape, Shape identity) {
    Key(Kind kind, Shape shape) {
      this(kind, System.identityHashCode(shape), shape);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && kind == that.kind && identity == that.identity;
    }

    @Override
    public int hashCode() {
      return shape * 31 + kind.ordinal();
    }
  }

  private Layout(Layout parent, Kind kind, Shape shape) {
    this.parent = parent;
    this.kind = kind;
    this.shape = shape;
  }

  /** The layout of a root scope. */
  static Layout root(Shape shape) {
    return new Layout(null, Kind.ROW, shape);
  }

  Layout parent() {
    return parent;
  }

  Kind kind() {
    return kind;
  }

  Shape shape() {
    return shape;
  }

  /** The layout with one more layer; the same object for the same kind and shape. */
  Layout child(Kind childKind, Shape childShape) {
    Layout last = lastChild;
    if (last != null && last.shape == childShape && last.kind == childKind) {
      return last;
    }
    Key key = new Key(childKind, childShape);
    Layout child = children.get(key);
    if (child == null) {
      child = new Layout(this, childKind, childShape);
      if (children.size() < MAX_CHILDREN) {
        Layout raced = children.putIfAbsent(key, child);
        child = raced == null ? child : raced;
      }
    }
    lastChild = child;
    return child;
  }

  /** Where a name is found from here. */
  public Place place(String name) {
    Place place = places.get(name);
    if (place == null) {
      place = find(name);
      if (places.size() < MAX_PLACES) {
        places.put(name, place);
      }
    }
    return place;
  }

  private Place find(String name) {
    boolean silent = false;
    int hops = 0;
    for (Layout layout = this; layout != null; layout = layout.parent) {
      switch (layout.kind) {
        case ROW, OUTPUT -> {
          int index = layout.shape.indexOf(name);
          if (index >= 0) {
            return new Place(layout.kind == Kind.ROW ? Place.CELL : Place.OUTPUT_CELL, hops, index);
          }
          silent |= layout.kind == Kind.OUTPUT;
        }
        case SCALAR -> silent = true;
        case NULL -> {
          return new Place(Place.IS_NULL, hops, 0);
        }
        case LIST -> {
          return new Place(Place.IN_LIST, hops, 0);
        }
        default -> {
          return new Place(Place.ASK, hops, 0);
        }
      }
      hops++;
    }
    return new Place(silent ? Place.MISSING_SILENT : Place.MISSING, 0, 0);
  }

  /**
   * Where a name is.
   *
   * @param kind one of the constants
   * @param hops how many layers towards the root
   * @param index the cell within that layer
   */
  public record Place(int kind, int hops, int index) {
    static final int CELL = 0;
    static final int OUTPUT_CELL = 1;
    static final int IS_NULL = 2;
    static final int IN_LIST = 3;
    static final int ASK = 4;
    static final int MISSING = 5;
    static final int MISSING_SILENT = 6;
  }
}
