package org.minivql.plan.select;

import java.util.List;
import org.minivql.plan.node.ExprNode;
import org.minivql.runtime.Frame;
import org.minivql.runtime.Measures;
import org.minivql.runtime.Meter;
import org.minivql.runtime.Stacks;
import org.minivql.value.OwnStack;
import org.minivql.value.Place;
import org.minivql.value.Sink;

/** A compiled SELECT: LIMIT(ORDER BY(GROUP BY(WHERE(columns(FROM))))). */
public final class SelectNode {
  /**
   * {@code ORDER BY}.
   *
   * @param column the output column
   * @param descending whether the largest comes first
   * @param at the place of the column
   */
  public record Order(String column, boolean descending, Place at) {}

  /**
   * The queries in braces below this one.
   *
   * @param source those among the arguments of the plugin
   * @param where those of the condition
   * @param columns those of the columns and of the grouping
   */
  public record Inner(List<SelectNode> source, List<SelectNode> where, List<SelectNode> columns) {}

  private final Clauses clauses;
  private final Inner inner;
  private final Source source;
  private final Projection projection;
  private final ExprNode where;
  private final ExprNode groupBy;
  private final Order order;
  private final Long limit;

  public SelectNode(
      Clauses clauses,
      Inner inner,
      Source source,
      Projection projection,
      ExprNode where,
      ExprNode groupBy,
      Order order,
      Long limit) {
    this.clauses = clauses;
    this.inner = inner;
    this.source = source;
    this.projection = projection;
    this.where = where;
    this.groupBy = groupBy;
    this.order = order;
    this.limit = limit;
  }

  public String text() {
    return clauses.select();
  }

  public void run(Frame frame, Sink out) {
    if (Stacks.due(frame)) {
      OwnStack.call(
          () -> {
            pipe(frame, out);
            return null;
          });
    } else {
      pipe(frame, out);
    }
  }

  private void pipe(Frame frame, Sink out) {
    Gauges gauges = Gauges.of(frame, this);
    long start = gauges.start();
    gauges.run();
    Sink sink = gauges.into(Gauges.Place.OUT, out);
    if (limit != null) {
      sink = gauges.into(Gauges.Place.LIMIT, new LimitSink(sink, limit));
    }
    if (order == null) {
      rows(frame, sink, gauges);
    } else {
      sorted(frame, sink, gauges);
    }
    gauges.stop(Gauges.Place.FROM, start);
  }

  private void sorted(Frame frame, Sink sink, Gauges gauges) {
    try (OrderSink sorted = new OrderSink(frame, sink, order)) {
      rows(frame, gauges.into(Gauges.Place.ORDER, sorted), gauges);
      long start = gauges.start();
      sorted.finish();
      gauges.stop(Gauges.Place.ORDER, start);
      gauges.stop(Gauges.Place.COLUMNS, start);
    }
  }

  private void rows(Frame frame, Sink sink, Gauges gauges) {
    ExprNode condition = gauges.condition(where);
    if (groupBy == null) {
      RowStage stage = new RowStage(frame, projection, condition, sink);
      source.run(frame, gauges.into(Gauges.Place.COLUMNS, stage));
      stage.tell();
      return;
    }
    try (GroupStage groups = new GroupStage(frame, projection, condition, groupBy, sink)) {
      source.run(frame, gauges.into(Gauges.Place.COLUMNS, groups));
      long start = gauges.start();
      groups.finish();
      gauges.stop(Gauges.Place.COLUMNS, start);
    }
  }

  /** Lists this query and everything below it. */
  public void explain(Measures measures, int depth, String name, Listing listing) {
    Gauges gauges = Gauges.of(measures, this);
    Meter from = gauges.at(Gauges.Place.FROM);
    Meter out = gauges.at(Gauges.Place.OUT);
    listing.query(depth, name, from.rows(), out.rows(), from.nanos());

    int below = depth + 1;
    Meter raw = gauges.at(Gauges.Place.COLUMNS);
    Meter passed = where == null ? raw : gauges.at(Gauges.Place.WHERE);
    Meter limited = limit == null ? out : gauges.at(Gauges.Place.LIMIT);
    Meter made = order == null ? limited : gauges.at(Gauges.Place.ORDER);
    long testing = where == null ? 0 : passed.nanos();
    operator(listing, below, clauses.from(), raw.rows(), raw, from.nanos() - raw.nanos());
    inner.source().forEach(query -> query.explain(measures, below + 1, query.text(), listing));
    if (where != null) {
      operator(listing, below, clauses.where(), raw.rows(), passed, testing);
      inner.where().forEach(query -> query.explain(measures, below + 1, query.text(), listing));
    }
    operator(
        listing,
        below,
        groupBy == null ? clauses.columns() : clauses.groupBy(),
        passed.rows(),
        made,
        raw.nanos() - testing - made.nanos());
    inner.columns().forEach(query -> query.explain(measures, below + 1, query.text(), listing));
    if (order != null) {
      long sorting = made.nanos() - limited.nanos();
      operator(listing, below, clauses.orderBy(), made.rows(), limited, sorting);
    }
    if (limit != null) {
      long counting = limited.nanos() - out.nanos();
      operator(listing, below, clauses.limit(), limited.rows(), out, counting);
    }
  }

  /** Threads of workers add to the meters of one query, so that differences may be below zero. */
  private static void operator(
      Listing listing, int depth, String text, long in, Meter out, long nanos) {
    listing.operator(depth, text, in, out.rows(), Math.max(0, nanos));
  }
}
