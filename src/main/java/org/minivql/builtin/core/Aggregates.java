package org.minivql.builtin.core;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Footprint;
import org.minivql.value.Limit;
import org.minivql.value.Scope;

/** Functions that keep a running value for each place they stand at. */
final class Aggregates {
  private Aggregates() {}

  /** The best value so far. Most values are not better: those write nothing and wait for nobody. */
  private static final class Extreme extends AtomicReference<Object> {
    private static final Object UNSET = new Object();

    Extreme() {
      super(UNSET);
    }

    Object update(CallContext context, Object item, boolean smallest) {
      while (true) {
        Object best = get();
        if (best != UNSET
            && context.scope().operators().less(context.scope(), item, best) != smallest) {
          return best;
        }
        if (compareAndSet(best, item)) {
          return item;
        }
      }
    }
  }

  private static final class Items {
    private final List<Object> all = new ArrayList<>();
    private final Footprint footprint;

    Items(Scope scope) {
      footprint = Footprint.alone(scope, Limit.MEMORY);
    }

    synchronized List<Object> add(Object item) {
      footprint.add(item);
      all.add(item);
      return new Prefix(all, all.size());
    }
  }

  /** The first elements of a list that only grows: a snapshot that costs nothing. */
  private static final class Prefix extends AbstractList<Object> {
    private final List<Object> all;
    private final int size;

    Prefix(List<Object> all, int size) {
      this.all = all;
      this.size = size;
    }

    @Override
    public Object get(int index) {
      if (index >= size) {
        throw new IndexOutOfBoundsException(index);
      }
      return all.get(index);
    }

    @Override
    public int size() {
      return size;
    }
  }

  @VqlFunction(
      name = "count",
      doc = "Counts its calls: 1, 2, 3 and so on; with GROUP BY, within each group.",
      aggregate = true)
  static Object count(CallContext context, @Arg("Evaluated, but otherwise ignored.") Object items) {
    return context.aggregate(AtomicLong::new).incrementAndGet();
  }

  @VqlFunction(
      name = "sum",
      doc = "The running sum of integers; floats lose their fraction first.",
      aggregate = true)
  static Object sum(
      CallContext context, @Arg(value = "The number to add.", required = true) long item) {
    return context.aggregate(AtomicLong::new).addAndGet(item);
  }

  @VqlFunction(name = "min", doc = "The smallest value so far.", aggregate = true)
  static Object min(CallContext context, @Arg(value = "The value.", required = true) Object item) {
    return context.aggregate(Extreme::new).update(context, item, true);
  }

  @VqlFunction(name = "max", doc = "The largest value so far.", aggregate = true, logName = "min")
  static Object max(CallContext context, @Arg(value = "The value.", required = true) Object item) {
    return context.aggregate(Extreme::new).update(context, item, false);
  }

  @VqlFunction(name = "enumerate", doc = "The list of all values so far.", aggregate = true)
  static Object enumerate(CallContext context, @Arg("The value to add.") Object items) {
    return context
        .aggregate(() -> new Items(context.scope()))
        .add(items == Absent.ABSENT ? null : items);
  }
}
