package org.minivql.value;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * An ordered dictionary with string keys: what a plugin emits as a row and what {@code dict()}
 * makes.
 *
 * <p>Immutable, but for the {@link #open} ones that programs make with {@code dict()} and change
 * with {@code set()}. Keys are case sensitive, but for those of {@link #unordered} ones. Equality
 * of Java is by names, order and cells; VQL's equality, which ignores the order of keys, is in
 * {@link Operators}.
 *
 * @since 0.1.0
 */
public final class Dict implements Members, Row {
  /** The dict without members. */
  public static final Dict EMPTY = new Dict(Shape.EMPTY, new Object[0], null);

  /** Stands in the cell of a member that {@link #partly} leaves unread. */
  public static final Object UNREAD =
      new Object() {
        @Override
        public String toString() {
          return "UNREAD";
        }
      };

  private final Shape shape;
  private final Object[] cells;

  /** Where members are that are not in the cells; null where all are. */
  private final Elsewhere elsewhere;

  private sealed interface Elsewhere {}

  /** Says of a dict that all its members are scalars, so that nobody has to look at them for it. */
  private enum Nothing implements Elsewhere {
    FLAT
  }

  /** What an open dict has become. */
  private static final class Latest implements Elsewhere {
    private volatile Dict dict;
  }

  private record Source(Unread unread) implements Elsewhere {}

  /**
   * Reads what was left unread of a dict.
   *
   * @since 0.1.0
   */
  @FunctionalInterface
  public interface Unread {
    /** The value of a member that was left unread; the same one each time. Safe for threads. */
    Object read(String name);
  }

  private Dict(Shape shape, Object[] cells, Elsewhere elsewhere) {
    this.shape = shape;
    this.cells = cells;
    this.elsewhere = elsewhere;
  }

  /**
   * A dict with these members that {@link #put} changes. Only the values a program makes are open:
   * rows and what the host keeps are shared, and a change would show elsewhere.
   */
  public static Dict open(Dict members) {
    Latest latest = new Latest();
    latest.dict = members.snapshot();
    return new Dict(latest.dict.shape, latest.dict.cells, latest);
  }

  /** The members as they are now; never changes. */
  public Dict snapshot() {
    return elsewhere instanceof Latest latest ? latest.dict : this;
  }

  /**
   * Sets a member of this very dict, for all who hold it; an existing key moves to the end.
   *
   * @return false, with nothing changed, where the dict is not open
   */
  public boolean put(String name, Object value) {
    if (!(elsewhere instanceof Latest latest)) {
      return false;
    }
    synchronized (latest) {
      latest.dict = latest.dict.with(name, value);
    }
    return true;
  }

  /**
   * A dict over a shape; the array is taken over and must not be changed afterwards.
   *
   * @param cells one value for each name of the shape
   */
  public static Dict over(Shape shape, Object... cells) {
    if (cells.length != shape.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + shape);
    }
    return new Dict(shape, cells, null);
  }

  /**
   * As {@link #over}, for cells that are all {@link Values#isScalar scalars}. Such a row passes
   * through queries without a look at its cells, which another thread may have written.
   *
   * @param cells one value for each name of the shape
   */
  public static Dict flat(Shape shape, Object... cells) {
    if (cells.length != shape.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + shape);
    }
    return new Dict(shape, cells, Nothing.FLAT);
  }

  /** Whether it was made by {@link #flat}: nothing in it is lazy, a query, a time or a dict. */
  public boolean isFlat() {
    return elsewhere == Nothing.FLAT;
  }

  /**
   * A dict of which some members are read when they are asked for: those whose cell is {@link
   * #UNREAD}. The array is taken over and must not be changed afterwards.
   *
   * @param cells one value for each name of the shape
   */
  public static Dict partly(Shape shape, Unread unread, Object... cells) {
    if (cells.length != shape.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + shape);
    }
    return new Dict(shape, cells, new Source(unread));
  }

  private Object at(int index) {
    Object value = cells[index];
    return value == UNREAD && elsewhere instanceof Source source
        ? source.unread.read(shape.name(index))
        : value;
  }

  /** A dict of alternating names and values; a name given again moves to the end. */
  public static Dict of(Object... namesAndValues) {
    Builder builder = new Builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.set((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /** A dict with the entries of a map, in its order. The values are taken as they are. */
  public static Dict of(Map<String, ?> map) {
    Builder builder = new Builder();
    map.forEach(builder::set);
    return builder.build();
  }

  /**
   * The dict that stands for an unordered map: sorted by name, and a member is also found by its
   * name in another case.
   */
  public static Dict unordered(Map<String, ?> map) {
    Map<String, Object> sorted = new TreeMap<>(map);
    return new Dict(Shape.foldedOf(List.copyOf(sorted.keySet())), sorted.values().toArray(), null);
  }

  /** A builder that starts empty. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with this dict's members. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    forEach(builder::set);
    return builder;
  }

  /** The columns. */
  public Shape shape() {
    return snapshot().shape;
  }

  /** The number of members. */
  public int size() {
    return snapshot().cells.length;
  }

  /** The name of the i-th member. */
  public String name(int index) {
    return snapshot().shape.name(index);
  }

  /** The value of the i-th member. */
  public Object cell(int index) {
    return snapshot().at(index);
  }

  /**
   * The values in order, in an array of the caller's.
   *
   * @param length how long the array is, at least the number of members; what is left stays null
   */
  public Object[] cells(int length) {
    Dict now = snapshot();
    Object[] copy = Arrays.copyOf(now.cells, length);
    if (now.elsewhere instanceof Source) {
      for (int i = 0; i < now.cells.length; i++) {
        copy[i] = now.at(i);
      }
    }
    return copy;
  }

  /** The value of a member; null where it is NULL or missing. */
  @Override
  public Object get(String name) {
    Dict now = snapshot();
    int i = now.shape.indexOf(name);
    return i < 0 ? null : now.at(i);
  }

  /** Whether there is such a member. */
  @Override
  public boolean has(String name) {
    return snapshot().shape.indexOf(name) >= 0;
  }

  /** This dict with a member set: an existing key moves to the end. */
  public Dict with(String name, Object value) {
    return toBuilder().set(name, value).build();
  }

  @Override
  public Object member(String name) {
    Dict now = snapshot();
    int i = now.shape.indexOf(name);
    return i < 0 ? Absent.ABSENT : now.at(i);
  }

  @Override
  public List<String> memberNames() {
    return snapshot().shape.names();
  }

  @Override
  public List<String> columns() {
    return memberNames();
  }

  /** Calls back for each member in order. */
  public void forEach(BiConsumer<String, Object> action) {
    Dict now = snapshot();
    for (int i = 0; i < now.cells.length; i++) {
      action.accept(now.shape.name(i), now.at(i));
    }
  }

  /** The members as an ordered map; a copy. */
  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    forEach(map::put);
    return map;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dict && Nesting.same(this, other, 0);
  }

  @Override
  public int hashCode() {
    return Nesting.hash(this, 0);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    Nesting.show(out, this, 0);
    return out.toString();
  }

  /** Collects members; setting a name again moves it to the end. */
  public static final class Builder {
    private final ArrayList<String> names = new ArrayList<>();
    private final ArrayList<Object> values = new ArrayList<>();
    private Map<String, Boolean> seen;

    private Builder() {}

    /** Sets a member; an existing one moves to the end. */
    public Builder set(String name, Object value) {
      Objects.requireNonNull(name, "name");
      if (contains(name)) {
        int at = names.indexOf(name);
        names.remove(at);
        values.remove(at);
      }
      names.add(name);
      values.add(value);
      if (seen != null) {
        seen.put(name, Boolean.TRUE);
      } else if (names.size() > 16) {
        seen = new HashMap<>();
        for (String n : names) {
          seen.put(n, Boolean.TRUE);
        }
      }
      return this;
    }

    /** Sets a member in its place where it exists already, else at the end. */
    public Builder replace(String name, Object value) {
      int at = contains(name) ? names.indexOf(name) : -1;
      if (at < 0) {
        return set(name, value);
      }
      values.set(at, value);
      return this;
    }

    /** Removes a member if it is there. */
    public Builder remove(String name) {
      int at = contains(name) ? names.indexOf(name) : -1;
      if (at >= 0) {
        names.remove(at);
        values.remove(at);
        if (seen != null) {
          seen.remove(name);
        }
      }
      return this;
    }

    /** Whether the member was set. */
    public boolean contains(String name) {
      return seen != null ? seen.containsKey(name) : names.contains(name);
    }

    /** Adds the members of another dict. */
    public Builder setAll(Dict other) {
      other.forEach(this::set);
      return this;
    }

    /** The dict. */
    public Dict build() {
      return names.isEmpty() ? EMPTY : new Dict(Shape.of(names), values.toArray(), null);
    }
  }

  /** The members as entries, in order. */
  public List<Map.Entry<String, Object>> entries() {
    List<Map.Entry<String, Object>> entries = new ArrayList<>(size());
    forEach((name, value) -> entries.add(new AbstractMap.SimpleImmutableEntry<>(name, value)));
    return entries;
  }
}
