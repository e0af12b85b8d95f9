package org.minivql.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.minivql.spi.Pauses;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Limit;
import org.minivql.value.Members;
import org.minivql.value.Operators;
import org.minivql.value.Patterns;
import org.minivql.value.Place;
import org.minivql.value.Scope;
import org.minivql.value.Shape;
import org.minivql.value.StoredExpression;
import org.minivql.value.Timestamp;
import org.minivql.value.Values;

/** The scope while a query runs: one layer on top of a parent. Making one is a few field writes. */
public final class Frame implements Scope {
  /** From this depth on, lookups and calls fail with a message. */
  public static final int MAX_DEPTH = 1000;

  private final QueryContext query;
  private final Frame parent;
  private final Layout layout;
  private final Object layer;
  private final int depth;
  private final AggregateContext aggregates;
  private final Frame closing;
  private final Place at;
  private Destructors destructors;

  private Frame(
      QueryContext query,
      Frame parent,
      Layout layout,
      Object layer,
      int depth,
      AggregateContext aggregates,
      Frame closing,
      Place at) {
    this.query = query;
    this.parent = parent;
    this.layout = layout;
    this.layer = layer;
    this.depth = depth;
    this.aggregates = aggregates;
    this.closing = closing == null ? this : closing;
    this.at = at;
  }

  /** The root scope of a run with one layer. */
  public static Frame root(QueryContext query, Dict variables) {
    Dict layer = variables.snapshot();
    return new Frame(
        query, null, Layout.root(layer.shape()), layer, 0, new AggregateContext(), null, null);
  }

  /** The run. */
  public QueryContext query() {
    return query;
  }

  /** The layout, for the caches of symbols. */
  public Layout layout() {
    return layout;
  }

  /** How many scopes lie below. */
  public int depth() {
    return depth;
  }

  /** The aggregate context in force. */
  public AggregateContext aggregates() {
    return aggregates;
  }

  /** Whether the scope is too deep to go on; says so in the log. */
  public boolean overflows() {
    return depth >= query.maxDepth() && overflow();
  }

  private boolean overflow() {
    if (depth < MAX_DEPTH) {
      query.check(Limit.DEPTH, depth + 1L);
    }
    query.log("Stack Overflow: " + query.statement());
    return true;
  }

  /** A child with a dict as its layer. */
  public Frame push(Dict row) {
    return child(row, aggregates, false);
  }

  /** A child with arguments as its layer and, if asked for, an aggregate context of its own. */
  public Frame call(Dict arguments, boolean freshAggregates) {
    return call(arguments, freshAggregates, false);
  }

  /** As {@link #call(Dict, boolean)}, owning what is registered with it. */
  public Frame ownedCall(Dict arguments, boolean freshAggregates) {
    return call(arguments, freshAggregates, true);
  }

  private Frame call(Dict arguments, boolean freshAggregates, boolean closes) {
    return child(arguments, freshAggregates ? new AggregateContext() : aggregates, closes);
  }

  /** A child with output columns as its layer. */
  public Frame push(LazyRow row) {
    return child(Layout.Kind.OUTPUT, row.shape(), row, aggregates, false);
  }

  /** A child that differs in the aggregate context only. */
  public Frame withAggregates(AggregateContext context) {
    return new Frame(query, parent, layout, layer, depth, context, closing, at);
  }

  /** The same scope once more: what is logged in it is about a part of the program. */
  public Frame about(Place place) {
    return place == null
        ? this
        : new Frame(query, parent, layout, layer, depth, aggregates, closing, place);
  }

  /** The same scope once more, owning what is registered with it. */
  public Frame fork() {
    return new Frame(query, parent, layout, layer, depth + 1, aggregates, null, at);
  }

  /** The same scope once more in a run inside this one, owning what is registered with it. */
  public Frame within(QueryContext inner) {
    return new Frame(inner, parent, layout, layer, depth, aggregates, null, at);
  }

  /** The same scope once more in a part of its run. */
  public Frame in(QueryContext part) {
    return new Frame(part, parent, layout, layer, depth, aggregates, closing, at);
  }

  @Override
  public Frame with(Object row) {
    return push(row, false);
  }

  @Override
  public Frame owned(Object row) {
    return push(row, true);
  }

  /** As {@link #owned(Object)}, for a dict, with another aggregate context. */
  public Frame owned(Dict row, AggregateContext context) {
    return child(row, context, true);
  }

  @Override
  public Frame atEnd(Duration most) {
    QueryContext after = query.atEnd(most);
    Frame end = new Frame(after, parent, layout, layer, depth, aggregates, null, at);
    end.register(after::finish);
    return end;
  }

  @Override
  public void end() {
    close();
  }

  private Frame push(Object row, boolean closes) {
    if (row instanceof Dict dict) {
      return child(dict, aggregates, closes);
    }
    Layout.Kind kind;
    if (row == null) {
      kind = Layout.Kind.NULL;
    } else if (row instanceof List) {
      kind = Layout.Kind.LIST;
    } else if (row == this) {
      // The row of scope(): its members are the variables below anyway.
      kind = Layout.Kind.ROW;
    } else if (row instanceof Members || row instanceof Timestamp) {
      kind = Layout.Kind.OBJECT;
    } else {
      kind = Layout.Kind.SCALAR;
    }
    return child(kind, Shape.EMPTY, row, aggregates, closes);
  }

  /** Places of names are found by the shape, so a layer must not change it. */
  private Frame child(Dict row, AggregateContext context, boolean closes) {
    Dict layer = row.snapshot();
    return child(Layout.Kind.ROW, layer.shape(), layer, context, closes);
  }

  private Frame child(
      Layout.Kind kind, Shape shape, Object row, AggregateContext context, boolean closes) {
    Frame owner = closes ? null : closing;
    return new Frame(query, this, layout.child(kind, shape), row, depth + 1, context, owner, null);
  }

  /** The layer. */
  public Object layer() {
    return layer;
  }

  /**
   * Looks a name up at a place found for this frame's layout.
   *
   * @return the value, {@link Absent#ABSENT} where no layer has it, or {@link #SILENT} where none
   *     has it and no message is due
   */
  public Object at(String name, Layout.Place place) {
    switch (place.kind()) {
      case Layout.Place.CELL:
        return ((Dict) below(place.hops()).layer).cell(place.index());
      case Layout.Place.OUTPUT_CELL:
        return ((LazyRow) below(place.hops()).layer).get(place.index());
      case Layout.Place.IS_NULL:
        return null;
      case Layout.Place.IN_LIST:
        return inList(below(place.hops()).layer, name);
      case Layout.Place.MISSING:
        return Absent.ABSENT;
      case Layout.Place.MISSING_SILENT:
        return SILENT;
      default:
        return walk(name);
    }
  }

  /** Where a name is for this frame's layout. */
  public Layout.Place place(String name) {
    return layout.place(name);
  }

  /** The answer where no layer has a name and the kind of the rows forbids a message. */
  public static final Object SILENT =
      new Object() {
        @Override
        public String toString() {
          return "SILENT";
        }
      };

  private Frame below(int hops) {
    Frame frame = this;
    for (int i = hops; i > 0; i--) {
      frame = frame.parent;
    }
    return frame;
  }

  private Object inList(Object list, String name) {
    Object value = operators().get(this, list, name);
    return value == Absent.ABSENT ? null : value;
  }

  /** The lookup without any memory, layer by layer. */
  Object walk(String name) {
    boolean silent = false;
    for (Frame frame = this; frame != null; frame = frame.parent) {
      switch (frame.layout.kind()) {
        case ROW, OUTPUT -> {
          int index = frame.layout.shape().indexOf(name);
          if (index >= 0) {
            return frame.layer instanceof Dict dict
                ? dict.cell(index)
                : ((LazyRow) frame.layer).get(index);
          }
          silent |= frame.layout.kind() == Layout.Kind.OUTPUT;
        }
        case SCALAR -> silent = true;
        case NULL -> {
          return null;
        }
        case LIST -> {
          return inList(frame.layer, name);
        }
        default -> {
          Object value =
              frame.layer instanceof Members members
                  ? members.member(name)
                  : operators().get(this, frame.layer, name);
          if (value != Absent.ABSENT) {
            return value;
          }
        }
      }
    }
    return silent ? SILENT : Absent.ABSENT;
  }

  @Override
  public Object resolve(String name) {
    Object value = Values.reduce(at(name, layout.place(name)));
    return value == SILENT ? Absent.ABSENT : value;
  }

  @Override
  public Object member(String name) {
    Object value = resolve(name);
    return value instanceof StoredExpression expression ? expression.evaluate(this) : value;
  }

  @Override
  public List<String> memberNames() {
    return List.of();
  }

  /** Appends a line about something in the program to the query log. */
  public void log(String line, Place place) {
    query.log(line, place == null ? place() : place);
  }

  @Override
  public void log(String line) {
    query.log(line, place());
  }

  /** The nearest part of the program that a scope from here on is about; null for none. */
  private Place place() {
    Frame frame = this;
    while (frame != null && frame.at == null) {
      frame = frame.parent;
    }
    return frame == null ? null : frame.at;
  }

  @Override
  public Operators operators() {
    return query.settings().operators();
  }

  @Override
  public Patterns patterns() {
    return query.patterns();
  }

  @Override
  public Clock clock() {
    return query.settings().clock();
  }

  @Override
  public RandomGenerator random() {
    return query.settings().random();
  }

  @Override
  public boolean alive() {
    return query.alive();
  }

  @Override
  public void claim(Limit limit, long amount) {
    query.claim(limit, amount);
  }

  @Override
  public void release(Limit limit, long amount) {
    query.release(limit, amount);
  }

  @Override
  public void check(Limit limit, long amount) {
    query.check(limit, amount);
  }

  @Override
  public CharSequence watched(String text) {
    return WatchedText.of(this, text);
  }

  @Override
  public boolean pause(Duration duration) {
    Pauses pauses = query.service(Pauses.class);
    return pauses == null ? query.pause(duration) : pauses.pause(this, duration);
  }

  @Override
  public void onClose(Runnable destructor) {
    closing.register(destructor);
  }

  private void register(Runnable destructor) {
    synchronized (this) {
      if (destructors == null) {
        destructors = new Destructors();
      }
    }
    if (!destructors.add(destructor)) {
      query.log("Scope already closed when adding destructor");
      destructor.run();
    }
  }

  @Override
  public void onRootClose(Runnable destructor) {
    Frame root = this;
    while (root.parent != null) {
      root = root.parent;
    }
    root.register(destructor);
  }

  /** Ends the scope: closes what was registered with it. */
  public void close() {
    if (destructors != null) {
      destructors.close(query);
    }
  }

  @Override
  public <T> T service(Class<T> type) {
    return query.service(type);
  }

  @Override
  public <T> T runState(Object key, Supplier<T> init) {
    return query.state(key, init);
  }

  @Override
  public String describe() {
    ArrayDeque<String> layers = new ArrayDeque<>();
    for (Frame frame = this; frame != null; frame = frame.parent) {
      layers.addFirst(
          frame.layer instanceof Dict dict
              ? "[" + String.join(", ", dict.memberNames()) + "]"
              : "[]");
    }
    return String.join(", ", layers);
  }
}
