package org.minivql.plain;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Operators;
import org.minivql.value.Patterns;
import org.minivql.value.Scope;
import org.minivql.value.StoredExpression;
import org.minivql.value.Values;

/** A layer on top of other layers. Names are looked for in each, from the newest down. */
final class PlainScope implements Scope {
  /** No layer has the name, and a layer that is no dict keeps that quiet. */
  static final Object QUIET = new Object();

  private static final int DEEPEST = 60;

  private final PlainRun run;
  private final PlainScope below;
  private final Object layer;
  private final Map<Object, Object> aggregates;
  private final PlainScope owner;
  private final List<Runnable> closers = new ArrayList<>();
  private final int depth;

  private PlainScope(
      PlainRun run,
      PlainScope below,
      Object layer,
      Map<Object, Object> aggregates,
      PlainScope owner) {
    this.run = run;
    this.below = below;
    this.layer = layer instanceof Dict dict ? dict.toMap() : layer;
    this.aggregates = aggregates;
    this.owner = owner == null ? this : owner;
    this.depth = below == null ? 0 : below.depth + 1;
    if (depth > DEEPEST) {
      throw new NotComparable("too deep");
    }
  }

  static PlainScope root(PlainRun run, Map<String, Object> variables) {
    return new PlainScope(run, null, variables, new IdentityHashMap<>(), null);
  }

  PlainRun run() {
    return run;
  }

  @Override
  public PlainScope with(Object row) {
    return new PlainScope(run, this, row, aggregates, owner);
  }

  @Override
  public PlainScope owned(Object row) {
    return new PlainScope(run, this, row, aggregates, null);
  }

  /** The same with aggregates that begin anew. */
  PlainScope counting(Map<Object, Object> context) {
    return new PlainScope(run, below, layer, context, owner);
  }

  /** The same once more, which closes what is opened in it. */
  PlainScope copy() {
    return new PlainScope(run, below, layer, aggregates, null);
  }

  @Override
  public void end() {
    while (!closers.isEmpty()) {
      closers.remove(closers.size() - 1).run();
    }
  }

  /** The value of a name as it was bound; ABSENT or QUIET where there is none. */
  Object lookup(String name) {
    run.step();
    boolean quiet = false;
    for (PlainScope scope = this; scope != null; scope = scope.below) {
      Object layer = scope.layer;
      if (layer == null) {
        return null;
      }
      if (layer instanceof Map<?, ?> map) {
        if (map.containsKey(name)) {
          return map.get(name);
        }
      } else if (layer instanceof PlainRow row) {
        if (row.has(name)) {
          return row.get(name);
        }
        quiet = true;
      } else if (layer instanceof List<?>) {
        Object mapped = run.operators.get(this, layer, name);
        return mapped == Absent.ABSENT ? null : mapped;
      } else if (layer == scope.below) {
        // The row of scope() has the names that come next anyway.
        continue;
      } else if (layer instanceof PlainScope other) {
        Object value = other.lookup(name);
        if (value != Absent.ABSENT && value != QUIET) {
          return value;
        }
        quiet |= value == QUIET;
      } else if (layer instanceof Members members) {
        Object value = members.member(name);
        if (value != Absent.ABSENT) {
          return value;
        }
      } else {
        quiet = true;
      }
    }
    return quiet ? QUIET : Absent.ABSENT;
  }

  @Override
  public Object resolve(String name) {
    Object value = lookup(name);
    return value == QUIET ? Absent.ABSENT : Values.reduce(value);
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

  @Override
  public String describe() {
    ArrayDeque<String> layers = new ArrayDeque<>();
    for (PlainScope scope = this; scope != null; scope = scope.below) {
      layers.addFirst(
          scope.layer instanceof Map<?, ?> map
              ? new ArrayList<Object>(map.keySet()).toString()
              : "[]");
    }
    return String.join(", ", layers);
  }

  @SuppressWarnings("unchecked")
  <T> T aggregate(Object site, Supplier<T> init) {
    if (!aggregates.containsKey(site)) {
      aggregates.put(site, init.get());
    }
    return (T) aggregates.get(site);
  }

  @Override
  public void onClose(Runnable destructor) {
    owner.closers.add(destructor);
  }

  @Override
  public void onRootClose(Runnable destructor) {
    PlainScope root = this;
    while (root.below != null) {
      root = root.below;
    }
    root.closers.add(destructor);
  }

  @Override
  public void log(String line) {
    run.log.add(line);
  }

  @Override
  public Operators operators() {
    return run.operators;
  }

  @Override
  public Patterns patterns() {
    return run.patterns;
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public RandomGenerator random() {
    return new Random(0);
  }

  @Override
  public boolean alive() {
    return true;
  }

  @Override
  public boolean pause(Duration duration) {
    return true;
  }

  @Override
  public <T> T service(Class<T> type) {
    return type.cast(run.services.get(type));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T runState(Object key, Supplier<T> init) {
    return (T) run.state.computeIfAbsent(key, k -> init.get());
  }
}
