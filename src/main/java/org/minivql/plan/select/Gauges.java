package org.minivql.plan.select;

import org.minivql.plan.node.ExprNode;
import org.minivql.runtime.Frame;
import org.minivql.runtime.Measures;
import org.minivql.runtime.Meter;
import org.minivql.value.Sink;

/**
 * Counts and times what passes between the operators of a query, where somebody asked for it. The
 * time of a call down the pipe holds that of everything below, so what an operator took is the
 * difference between the place before it and the place after it.
 */
final class Gauges {
  /** Where a query is measured: before each operator, and after the last. */
  enum Place {
    FROM,
    WHERE,
    COLUMNS,
    ORDER,
    LIMIT,
    OUT
  }

  static final Gauges NONE = new Gauges(null);

  private final Meter[] meters;

  private Gauges(Meter[] meters) {
    this.meters = meters;
  }

  /** The gauges of a query in the run of a frame. */
  static Gauges of(Frame frame, SelectNode query) {
    Measures measures = frame.query().measures();
    return measures == null ? NONE : of(measures, query);
  }

  static Gauges of(Measures measures, SelectNode query) {
    return new Gauges(measures.of(query, Place.values().length));
  }

  Meter at(Place place) {
    return meters[place.ordinal()];
  }

  /** The sink, with rows on their way into it measured. */
  Sink into(Place place, Sink next) {
    if (meters == null) {
      return next;
    }
    Meter meter = at(place);
    return row -> {
      meter.row();
      long start = System.nanoTime();
      boolean more = next.row(row);
      meter.since(start);
      return more;
    };
  }

  /** The condition; the rows that it lets pass are counted. */
  ExprNode condition(ExprNode where) {
    return meters == null || where == null ? where : new Condition(where, at(Place.WHERE));
  }

  /** A moment to give to {@link #stop}. */
  long start() {
    return meters == null ? 0 : System.nanoTime();
  }

  /** Adds what an operator did by itself since a moment. */
  void stop(Place place, long start) {
    if (meters != null) {
      at(place).since(start);
    }
  }

  /** One more run of the query. */
  void run() {
    if (meters != null) {
      at(Place.FROM).row();
    }
  }

  private static final class Condition extends ExprNode {
    private final ExprNode where;
    private final Meter meter;

    Condition(ExprNode where, Meter meter) {
      this.where = where;
      this.meter = meter;
    }

    @Override
    public Object eval(Frame frame) {
      return where.eval(frame);
    }

    @Override
    public boolean test(Frame frame) {
      long start = System.nanoTime();
      boolean passes = where.test(frame);
      meter.since(start);
      if (passes) {
        meter.row();
      }
      return passes;
    }
  }
}
